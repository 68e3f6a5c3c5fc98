package org.sosia.lane;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.signature.OperatorHistory;
import org.sosia.crypto.statement.Statement;
import org.sosia.crypto.statement.Work;
import org.sosia.keys.Keyring;
import org.sosia.persistence.Computed;

/**
 * A cloud as one that signs what it did. The certificate it showed first is remembered, sealed, at a place that it cannot write to
 * unnoticed, and so is each that a key of its own introduced later: it is held to those from then on.
 */
final class Witness {

    private final String name;
    private final Supplier<byte[]> shown;
    private final IntFunction<byte[]> renewed;
    private final Supplier<Keyring> memory;
    private final String memoryName;
    private volatile @Nullable OperatorHistory history;

    /**
     * @param name what the security desk calls the cloud
     * @param shown asks the cloud for the history of its keys
     * @param renewed has the cloud take a new key, unless it has more than so many
     * @param memory who remembers the history, under this name
     */
    Witness(
            String name,
            Supplier<byte[]> shown,
            IntFunction<byte[]> renewed,
            Supplier<Keyring> memory,
            String memoryName) {
        this.name = name;
        this.shown = shown;
        this.renewed = renewed;
        this.memory = memory;
        this.memoryName = memoryName;
    }

    String name() {
        return name;
    }

    /** The keys of this cloud, as far as they were accepted here. */
    OperatorHistory history() throws GeneralSecurityException {
        OperatorHistory known = history;
        if (known == null) {
            known = remembered();
            history = known;
        }
        return known;
    }

    /** What this cloud showed when it was first asked, and every key since that was accepted. */
    private OperatorHistory remembered() throws GeneralSecurityException {
        byte[] first = memory.get().remembered(memoryName, this::firstCertificate);
        OperatorHistory known = OperatorHistory.beginningWith(first);
        Optional<byte[]> later = memory.get().recalled(place(2));
        for (int keys = 2; later.isPresent(); keys++) {
            OperatorHistory longer = OperatorHistory.decode(later.get());
            if (!longer.continues(known)) {
                throw new MalformedException("what is remembered of a cloud's keys does not fit together");
            }
            known = longer;
            later = memory.get().recalled(place(keys + 1));
        }
        return known;
    }

    private byte[] firstCertificate() {
        try {
            return OperatorHistory.decode(shown.get())
                    .terms()
                    .get(0)
                    .certificate()
                    .getEncoded();
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException("a cloud shows no keys that can be read", unreadable);
        }
    }

    /** Where a history of so many keys is remembered. */
    private String place(int keys) {
        return memoryName + "-" + keys;
    }

    /** Has the cloud take a new key, and accepts it. */
    void renew() throws GeneralSecurityException {
        accept(renewed.apply(history().terms().size()));
    }

    /** Another node may have had the cloud take a new key, or the cloud did so by itself. */
    private OperatorHistory lookedAgain() throws GeneralSecurityException {
        history = null;
        return accept(shown.get());
    }

    /**
     * Remembers what is new, key by key: of two that introduce themselves as the next one, only the first is ever accepted.
     *
     * @throws GeneralSecurityException if it is not how the history known here went on
     */
    private OperatorHistory accept(byte[] encoded) throws GeneralSecurityException {
        OperatorHistory now = OperatorHistory.decode(encoded);
        OperatorHistory known = history();
        if (!now.continues(known)) {
            throw new MalformedException("a cloud shows another history of its keys than before");
        }
        for (int keys = known.terms().size() + 1; keys <= now.terms().size(); keys++) {
            byte[] so = now.first(keys).encode();
            if (!Arrays.equals(memory.get().remembered(place(keys), () -> so), so)) {
                throw new MalformedException("a cloud shows two histories of its keys");
            }
        }
        history = now;
        return now;
    }

    /**
     * Requires that this cloud signed what it answered, with the key that it has now.
     *
     * @throws GeneralSecurityException if it did not
     */
    void require(Work work, byte[] header, Computed answer, Instant now) throws GeneralSecurityException {
        Statement said = Statement.decode(answer.statement());
        said.require(fresh(said, now), work, header, answer.result());
    }

    private X509Certificate fresh(Statement said, Instant now) throws GeneralSecurityException {
        try {
            return current(history(), said, now);
        } catch (GeneralSecurityException perhapsRenewed) {
            return current(lookedAgain(), said, now);
        }
    }

    /** An old key's word is no answer, whatever time it names. */
    private static X509Certificate current(OperatorHistory keys, Statement said, Instant now)
            throws GeneralSecurityException {
        X509Certificate signer = said.signer(keys);
        List<OperatorHistory.Term> terms = keys.terms();
        for (OperatorHistory.Term term : terms) {
            boolean over = term.until()
                    .filter(until -> now.isAfter(until.plus(OperatorHistory.OVERLAP)))
                    .isPresent();
            if (over && term.certificate().equals(signer)) {
                throw new MalformedException("a cloud answers with a key that it has no more");
            }
        }
        return signer;
    }
}
