package org.sosia.crypto.equality;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.MalformedException;

/** What a user reads of the front and the back, sealed by servers that may say what they like; for the fuzzer. */
public final class VerdictReading {
    private static final int MOST_BYTES = 4_000;

    private final Trapdoor trapdoor;
    private final PersonKey user;
    private final List<UUID> ids = List.of(new UUID(1, 1), new UUID(2, 2), new UUID(3, 3));

    public VerdictReading(Trapdoor trapdoor, PersonKey user) {
        this.trapdoor = trapdoor;
        this.user = user;
    }

    public void readOrder(byte[] order) throws GeneralSecurityException {
        if (order.length > MOST_BYTES) {
            throw new MalformedException("more than can be delivered");
        }
        Verdict.read(trapdoor, user, ids, sealed(Verdict.ORDER, order), sealed(Verdict.OUTCOMES, new byte[] {1, 0, 1}));
    }

    private byte[] sealed(String label, byte[] bytes) throws GeneralSecurityException {
        return Delivery.seal(user.publicKey(), Verdict.context(label, trapdoor), bytes);
    }
}
