package org.sosia.upload;

import jakarta.ejb.ApplicationException;

/**
 * The policy asks for an attribute that nobody registered holds: most likely a slip, and a record that nobody could
 * ever be given. Nothing was stored.
 */
@ApplicationException
public class UnheldAttributeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String attribute;

    public UnheldAttributeException(String attribute) {
        super("nobody holds an attribute of the policy");
        this.attribute = attribute;
    }

    public String attribute() {
        return attribute;
    }
}
