package org.sosia.crypto.equality;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;

/** The user's reading of a search's result. */
public final class Verdict {
    static final String ORDER = "sosia/v1/equality/order";
    static final String OUTCOMES = "sosia/v1/equality/outcomes";

    private Verdict() {}

    static byte[] context(String label, Trapdoor trapdoor) {
        return new ByteWriter()
                .sized(label.getBytes(StandardCharsets.US_ASCII))
                .fixed(trapdoor.context().encode())
                .toByteArray();
    }

    /**
     * Puts the front's order and the back's outcomes together.
     *
     * @param trapdoor the user's
     * @param key the user's, to whose public half both were sealed
     * @param ids of the tested words, in the order in which the front had them
     * @param fromFront the sealed order
     * @param fromBack the sealed outcomes
     * @return ids of the words that are equal to the searched one
     * @throws GeneralSecurityException if one of the messages is not for this search, or they do not fit
     */
    public static Set<UUID> read(Trapdoor trapdoor, PersonKey key, List<UUID> ids, byte[] fromFront, byte[] fromBack)
            throws GeneralSecurityException {
        ByteReader order = new ByteReader(key.open(fromFront, context(ORDER, trapdoor)));
        byte[] outcomes = key.open(fromBack, context(OUTCOMES, trapdoor));
        if (outcomes.length != ids.size()) {
            throw new MalformedException("the outcomes are of another batch");
        }
        Set<Integer> seen = new HashSet<>();
        Set<UUID> matching = new HashSet<>();
        for (byte outcome : outcomes) {
            int index = order.u16();
            if (index >= ids.size() || !seen.add(index)) {
                throw new MalformedException("the order is of another batch");
            }
            if (outcome == 1) {
                matching.add(ids.get(index));
            }
        }
        order.end();
        return matching;
    }
}
