package org.sosia.launcher;

/** A server of the stack. */
public enum Part {
    /** The two database servers. */
    POSTGRES,
    /** Sign-in. */
    KEYCLOAK,
    /** The application. */
    PAYARA
}
