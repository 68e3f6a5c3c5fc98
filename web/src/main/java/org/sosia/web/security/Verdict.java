package org.sosia.web.security;

/** What the identity provider says now of the session behind a token. */
enum Verdict {
    /** It lives, and nothing is held against it. */
    GENUINE,
    /** It lives because an intruder was let in on purpose. */
    DECEIVED,
    /** It has ended. */
    ENDED,
    /** Nobody could be asked. */
    UNKNOWN
}
