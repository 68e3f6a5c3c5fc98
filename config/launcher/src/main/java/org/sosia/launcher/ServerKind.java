package org.sosia.launcher;

/** Where the application runs. */
public enum ServerKind {
    /** The WAR on Payara Micro: the default. */
    MICRO,
    /** The EAR on Payara Server: what hospital IT deploys. */
    EAR
}
