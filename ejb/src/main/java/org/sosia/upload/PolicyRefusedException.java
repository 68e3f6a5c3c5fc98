package org.sosia.upload;

import jakarta.ejb.ApplicationException;
import org.sosia.crypto.policy.PolicySyntaxException.Expected;

/** The policy text cannot be understood. Nothing was stored; the author should correct it at the position named. */
@ApplicationException
public class PolicyRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int position;
    private final Expected expected;

    public PolicyRefusedException(int position, Expected expected) {
        super("the policy cannot be understood");
        this.position = position;
        this.expected = expected;
    }

    /** Where in the text, in characters from 0. */
    public int position() {
        return position;
    }

    /** What would have been understood there. */
    public Expected expected() {
        return expected;
    }
}
