package org.sosia.crypto.equality;

import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.signature.Authorities;

/** The second server: tells how many of a batch match, not which records these are, and seals the outcome for the user alone. */
public final class Back {
    private final TestKey key;
    private final Authorities authorities;
    private final Ledger ledger;
    private final Predicate<Set<UUID>> registered;

    /**
     * The back.
     *
     * @param key its own
     * @param authorities the hospital's certificates
     * @param ledger its own
     * @param registered whether words of all these ids were deposited here too, proven, for whom searches
     */
    public Back(TestKey key, Authorities authorities, Ledger ledger, Predicate<Set<UUID>> registered) {
        this.key = key;
        this.authorities = authorities;
        this.ledger = ledger;
        this.registered = registered;
    }

    /**
     * Tests a batch.
     *
     * @param trapdoor the user's, from the user or by way of the front
     * @param fromFront what the front made
     * @return the outcomes, sealed for the user
     * @throws GeneralSecurityException if the trapdoor does not verify, or the batch is none or of words that this server does not know
     * @throws SearchNotAdmittedException if this server does not admit it
     */
    public byte[] test(Trapdoor trapdoor, byte[] fromFront)
            throws GeneralSecurityException, SearchNotAdmittedException {
        trapdoor.verify(authorities);
        Batch batch = Batch.decode(fromFront);
        Set<UUID> distinct = new HashSet<>(batch.ids);
        if (distinct.size() < batch.ids.size() || !registered.test(distinct)) {
            throw new MalformedException("a batch of words that are not registered, or twice");
        }
        if (!ledger.admit(trapdoor.context(), batch.ids.size())) {
            throw new SearchNotAdmittedException();
        }
        byte[] outcomes = new byte[batch.pairs.size()];
        for (int i = 0; i < outcomes.length; i++) {
            Batch.Pair pair = batch.pairs.get(i);
            outcomes[i] = (byte) (pair.x1().times(key.secret).equals(pair.x2()) ? 1 : 0);
        }
        return Delivery.seal(trapdoor.resultKey(), Verdict.context(Verdict.OUTCOMES, trapdoor), outcomes);
    }
}
