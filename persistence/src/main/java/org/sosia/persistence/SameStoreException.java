package org.sosia.persistence;

/** Both stores are one: the same server, or one credential for both. The start is refused. */
public class SameStoreException extends RuntimeException {

    SameStoreException(String what) {
        super(what);
    }
}
