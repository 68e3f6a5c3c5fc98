package org.sosia.crypto.equality;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.signature.Authorities;

/**
 * The first server: takes its half off each difference of a stored and a searched word, blinds it, and hands the batch on in an order that only it and the user know. It
 * learns which words were tested, when and for whom; no word, no result.
 */
public final class Front {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TestKey key;
    private final Authorities authorities;
    private final Ledger ledger;

    /**
     * The front.
     *
     * @param key its own
     * @param authorities the hospital's certificates
     * @param ledger its own
     */
    public Front(TestKey key, Authorities authorities, Ledger ledger) {
        this.key = key;
        this.authorities = authorities;
        this.ledger = ledger;
    }

    /**
     * What a test leaves.
     *
     * @param forBack the batch
     * @param forUser the order, sealed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Blinded(byte[] forBack, byte[] forUser) {}

    /**
     * A word that was deposited at both servers.
     *
     * @param id the deposit's, each one once in a batch
     * @param word proven
     */
    public record Stored(UUID id, EncryptedWord word) {}

    /**
     * Tests stored words, up to 1,024 at a time.
     *
     * @param trapdoor the user's
     * @param stored proven words of the trapdoor's group
     * @return a message for the back and one for the user
     * @throws GeneralSecurityException if the trapdoor does not verify
     * @throws SearchNotAdmittedException if this server does not admit it
     */
    public Blinded blind(Trapdoor trapdoor, List<Stored> stored)
            throws GeneralSecurityException, SearchNotAdmittedException {
        if (stored.size() > Batch.MOST_TESTS) {
            throw new IllegalArgumentException("too many words in one batch");
        }
        trapdoor.verify(authorities);
        if (!ledger.admit(trapdoor.context(), stored.size())) {
            throw new SearchNotAdmittedException();
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, RANDOM);
        List<Batch.Pair> pairs = new ArrayList<>();
        ByteWriter permutation = new ByteWriter();
        for (int from : order) {
            permutation.u16(from);
            pairs.add(blinded(stored.get(from).word(), trapdoor.word()));
        }
        byte[] context = Verdict.context(Verdict.ORDER, trapdoor);
        return new Blinded(
                new Batch(stored.stream().map(Stored::id).toList(), pairs).encode(),
                Delivery.seal(trapdoor.resultKey(), context, permutation.toByteArray()));
    }

    /** (γ·D1, γ·(D2 - a·D1)): if the words are equal, the second is b times the first; else both are uniform. */
    private Batch.Pair blinded(EncryptedWord stored, EncryptedWord searched) {
        Point d1 = stored.c1.minus(searched.c1);
        Point d2 = stored.c2.minus(searched.c2);
        Exponent gamma = Exponent.random();
        return new Batch.Pair(
                d1.times(gamma), d2.timesPlus(gamma, d1, gamma.times(key.secret).negated()));
    }
}
