package org.sosia.retrieval;

import jakarta.ejb.ApplicationException;

/** This session has not passed the gate for this record yet; the screen should lead there. */
@ApplicationException
public class ProofRequiredException extends Exception {

    private static final long serialVersionUID = 1L;

    public ProofRequiredException() {
        super("the gate of this record has not been passed");
    }
}
