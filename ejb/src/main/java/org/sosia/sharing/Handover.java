package org.sosia.sharing;

/** How the partial key of a fresh grant reaches the requester. */
public enum Handover {
    /** Shown to the owner once; she hands it over herself. */
    SHOW,
    /** Sealed to the requester's own key; it waits in her inbox, and the owner never sees it. */
    SEAL
}
