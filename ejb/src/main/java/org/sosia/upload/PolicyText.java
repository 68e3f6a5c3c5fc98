package org.sosia.upload;

import java.security.GeneralSecurityException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.lane.Hospital;
import org.sosia.lane.StoreUnavailableException;

/** A policy as its author wrote it, checked before anything is sealed with it. */
public final class PolicyText {
    private static final Logger LOG = Logger.getLogger(PolicyText.class.getName());
    private static final int LONGEST = 8_192;

    private PolicyText() {}

    /**
     * Reads a policy.
     *
     * @throws PolicyRefusedException if it cannot be understood, or is longer than 8192 characters
     */
    public static AccessPolicy read(String text) throws PolicyRefusedException {
        if (text.length() > LONGEST) {
            throw new PolicyRefusedException(LONGEST, PolicySyntaxException.Expected.SHORTER);
        }
        try {
            return AccessPolicy.parse(text);
        } catch (PolicySyntaxException refused) {
            throw new PolicyRefusedException(refused.position(), refused.expected());
        }
    }

    /**
     * Requires that somebody of a hospital holds each attribute of a policy.
     *
     * @throws UnheldAttributeException if nobody holds one of them
     */
    public static void requireHeld(Hospital hospital, AccessPolicy policy) throws UnheldAttributeException {
        try {
            var unheld = hospital.persons().unheld(policy.attributes());
            if (unheld.isPresent()) {
                throw new UnheldAttributeException(unheld.get().toText());
            }
        } catch (GeneralSecurityException tampered) {
            LOG.log(Level.SEVERE, "a registration does not open", tampered);
            throw new StoreUnavailableException(tampered);
        }
    }
}
