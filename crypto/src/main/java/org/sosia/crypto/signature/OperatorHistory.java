package org.sosia.crypto.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;

/**
 * The keys that a cloud's operator has signed with, one after the other, each introduced by the one before it. Whoever was shown the
 * first certificate can follow from there; what a key signed in its own term verifies for ever.
 *
 * <p><b>Security.</b> Immutable, and verified when it is decoded. Whoever steals a key can introduce another successor: so whoever deals
 * with the operator remembers each history that she accepted, and afterwards takes only one that {@link #continues} it. A key
 * that was stolen after its term can sign as if within it; only who kept the statement since then can tell.
 *
 * <p><b>Shape.</b> "SOSO", version 1, first certificate with its length in two bytes, number of successors (u16), for each its introduction, with its length in two bytes, and its
 * predecessor's signature on that (64).
 *
 * <p><b>Source.</b> Ed25519, RFC 8032; docs/FORMATS.md, section Statements.
 */
public final class OperatorHistory {
    /** A key's word counts so long before and beyond its term: the clocks of a cloud's machines differ, and an answer takes its time. */
    public static final Duration OVERLAP = Duration.ofMinutes(5);

    /** More keys than an operator has who takes a new one every week for twenty years. */
    public static final int MOST_KEYS = 1024;

    private static final byte[] MAGIC = "SOSO".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int MAX_CERTIFICATE_BYTES = SignatureSuite.ED25519.maxCertificateBytes();
    private static final int MAX_INTRODUCTION_BYTES =
            MAGIC.length + 1 + 2 + Long.BYTES + Digests.BYTES + 2 + MAX_CERTIFICATE_BYTES;
    private static final int MAX_BYTES = MAGIC.length
            + 3
            + 2
            + MAX_CERTIFICATE_BYTES
            + MOST_KEYS * (2 + MAX_INTRODUCTION_BYTES + OperatorKey.SIGNATURE_BYTES);

    private final List<Term> terms;

    private OperatorHistory(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /** One key and the time in which it signed. */
    public static final class Term {
        private final X509Certificate certificate;
        private final @Nullable Instant from;
        private final @Nullable Instant until;
        private final byte[] introduction;
        private final byte[] signature;

        private Term(
                X509Certificate certificate,
                @Nullable Instant from,
                @Nullable Instant until,
                byte[] introduction,
                byte[] signature) {
            this.certificate = certificate;
            this.from = from;
            this.until = until;
            this.introduction = introduction;
            this.signature = signature;
        }

        /**
         * What verifies.
         *
         * @return the certificate, signed by its own key
         */
        public X509Certificate certificate() {
            return certificate;
        }

        /**
         * Since when.
         *
         * @return empty for the first key
         */
        public Optional<Instant> from() {
            return Optional.ofNullable(from);
        }

        /**
         * Until when.
         *
         * @return empty for the newest key
         */
        public Optional<Instant> until() {
            return Optional.ofNullable(until);
        }

        /**
         * What the key before signed to introduce this one.
         *
         * @return empty for the first key
         */
        public byte[] introduction() {
            return introduction.clone();
        }

        /**
         * The signature of the key before on {@link #introduction()}.
         *
         * @return empty for the first key
         */
        public byte[] signature() {
            return signature.clone();
        }

        private Term endingAt(@Nullable Instant end) {
            return new Term(certificate, from, end, introduction, signature);
        }

        private boolean covers(Instant at) {
            return (from == null || !at.isBefore(from.minus(OVERLAP)))
                    && (until == null || at.isBefore(until.plus(OVERLAP)));
        }
    }

    /**
     * The history of a key that has no predecessor.
     *
     * @param first the operator's first key
     * @return a history of one key
     */
    public static OperatorHistory beginningWith(OperatorKey first) {
        return new OperatorHistory(List.of(new Term(first.certificate(), null, null, new byte[0], new byte[0])));
    }

    /**
     * The history of a key that somebody was shown first.
     *
     * @param certificate X.509 in DER
     * @return a history of one key
     * @throws GeneralSecurityException if this is no operator's certificate
     */
    public static OperatorHistory beginningWith(byte[] certificate) throws GeneralSecurityException {
        return new OperatorHistory(List.of(new Term(read(certificate), null, null, new byte[0], new byte[0])));
    }

    /**
     * This history with one more key.
     *
     * @param present the newest key so far, which introduces the next
     * @param next the next key
     * @param from when its term begins, kept to the microsecond; not before the present key's
     * @return the longer history
     * @throws GeneralSecurityException if {@code present} is not the newest key, the time is before its term, or there are {@value #MOST_KEYS} already
     */
    public OperatorHistory followedBy(OperatorKey present, OperatorKey next, Instant from)
            throws GeneralSecurityException {
        if (!newest().equals(present.certificate())) {
            throw new MalformedException("another key is the newest of this history");
        }
        byte[] introduction = introduction(next.certificate(), from.truncatedTo(ChronoUnit.MICROS));
        return extendedBy(introduction, present.sign(introduction));
    }

    private byte[] introduction(X509Certificate next, Instant from) throws CertificateEncodingException {
        return new ByteWriter()
                .fixed(MAGIC)
                .u8(VERSION)
                .u16(terms.size() + 1)
                .u64(ChronoUnit.MICROS.between(Instant.EPOCH, from))
                .fixed(Digests.sha256(terms.get(0).certificate().getEncoded()))
                .sized(next.getEncoded())
                .toByteArray();
    }

    private OperatorHistory extendedBy(byte[] introduction, byte[] signature) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(introduction, MAX_INTRODUCTION_BYTES);
        reader.expect(MAGIC);
        reader.expect(VERSION);
        int number = reader.u16();
        Instant from = Instant.EPOCH.plus(reader.u64(), ChronoUnit.MICROS);
        byte[] line = reader.fixed(Digests.BYTES);
        X509Certificate next = read(reader.sized(MAX_CERTIFICATE_BYTES));
        reader.end();
        Term last = terms.get(terms.size() - 1);
        boolean inOrder = number == terms.size() + 1
                && number <= MOST_KEYS
                && last.from().filter(from::isBefore).isEmpty()
                && Arrays.equals(line, Digests.sha256(terms.get(0).certificate().getEncoded()));
        if (!inOrder) {
            throw new MalformedException("an introduction at the wrong place");
        }
        OperatorKey.verify(last.certificate(), introduction, signature);
        List<Term> longer = new ArrayList<>(terms.subList(0, terms.size() - 1));
        longer.add(last.endingAt(from));
        longer.add(new Term(next, from, null, introduction, signature));
        return new OperatorHistory(longer);
    }

    /** A certificate that its own key signed: nobody takes over another's key by introducing it. */
    private static X509Certificate read(byte[] certificate) throws GeneralSecurityException {
        X509Certificate read = Certificates.parse(certificate, MAX_CERTIFICATE_BYTES);
        if (Certificates.publicKey(read).suite() != SignatureSuite.ED25519 || !Certificates.isSignedByItself(read)) {
            throw new SignatureRefusedException();
        }
        return read;
    }

    /**
     * Decodes, and verifies every introduction.
     *
     * @param encoded what {@link #encode()} gave
     * @return the history
     * @throws GeneralSecurityException if it is malformed, or a key was not introduced by the one before it
     */
    public static OperatorHistory decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_BYTES);
        reader.expect(MAGIC);
        reader.expect(VERSION);
        OperatorHistory history = beginningWith(reader.sized(MAX_CERTIFICATE_BYTES));
        int successors = reader.u16();
        for (int i = 0; i < successors; i++) {
            history =
                    history.extendedBy(reader.sized(MAX_INTRODUCTION_BYTES), reader.fixed(OperatorKey.SIGNATURE_BYTES));
        }
        reader.end();
        return history;
    }

    /**
     * Encodes.
     *
     * @return the bytes described above
     */
    public byte[] encode() {
        try {
            ByteWriter writer = new ByteWriter()
                    .fixed(MAGIC)
                    .u8(VERSION)
                    .sized(terms.get(0).certificate().getEncoded())
                    .u16(terms.size() - 1);
            terms.stream()
                    .skip(1)
                    .forEach(term -> writer.sized(term.introduction).fixed(term.signature));
            return writer.toByteArray();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /**
     * Every key, the first one first.
     *
     * @return at least one
     */
    public List<Term> terms() {
        return terms;
    }

    /**
     * Who signs now.
     *
     * @return the certificate of the newest key
     */
    public X509Certificate newest() {
        return terms.get(terms.size() - 1).certificate();
    }

    /**
     * Whether this is another history as it went on, or that very one.
     *
     * @param earlier the one that was accepted before
     * @return false if one of its keys is not here, or was introduced otherwise
     */
    public boolean continues(OperatorHistory earlier) {
        byte[] beginning = first(Math.min(terms.size(), earlier.terms().size())).encode();
        return Arrays.equals(beginning, earlier.encode());
    }

    /**
     * This history as it was when it had so many keys.
     *
     * @param keys 1 to as many as there are
     * @return how it began
     */
    public OperatorHistory first(int keys) {
        List<Term> beginning = new ArrayList<>(terms.subList(0, keys));
        Term last = beginning.remove(keys - 1);
        beginning.add(last.endingAt(null));
        return new OperatorHistory(beginning);
    }

    /**
     * Whose word this is: of the keys whose term, or {@link #OVERLAP}, the time falls in, the one that signed.
     *
     * @param at when it was signed, as the message says
     * @param message what was signed
     * @param signature the signature
     * @return the certificate that verifies it
     * @throws GeneralSecurityException if none of these keys signed it
     */
    public X509Certificate signer(Instant at, byte[] message, byte[] signature) throws GeneralSecurityException {
        for (int i = terms.size() - 1; i >= 0; i--) {
            Term term = terms.get(i);
            if (term.covers(at) && isSigned(term.certificate(), message, signature)) {
                return term.certificate();
            }
        }
        throw new SignatureRefusedException();
    }

    private static boolean isSigned(X509Certificate by, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        try {
            OperatorKey.verify(by, message, signature);
            return true;
        } catch (SignatureRefusedException another) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "OperatorHistory[" + terms.size() + " keys]";
    }
}
