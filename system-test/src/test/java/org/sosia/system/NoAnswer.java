package org.sosia.system;

import java.net.URI;

/** The connection ended before there was an answer. */
final class NoAnswer extends AssertionError {

    private static final long serialVersionUID = 1L;

    NoAnswer(URI address, Throwable cause) {
        super("no answer from " + address, cause);
    }
}
