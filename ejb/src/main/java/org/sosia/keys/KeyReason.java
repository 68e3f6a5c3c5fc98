package org.sosia.keys;

/** Why a person's key has to be made. */
public enum KeyReason {
    /** She was approved. */
    FIRST,
    /** What she holds, or its issue, has changed. */
    RENEWAL,
    /** She lost her retrieval key, or no longer trusts it. */
    RECOVERY
}
