package org.sosia.alerts;

/** Whether somebody has looked. */
public enum IncidentState {
    /** Nobody has looked yet. */
    OPEN,
    /** Somebody of the security desk has looked. */
    ACKNOWLEDGED
}
