package org.sosia.jobs;

/** A job cannot go on before people did something; it looks again by itself. */
public final class WaitsException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Waits.
     *
     * @param what for, fixed text
     */
    public WaitsException(String what) {
        super(what);
    }
}
