package org.sosia.crypto.statement;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.signature.OperatorHistory;
import org.sosia.crypto.signature.OperatorKey;

/**
 * A cloud's signed word: "of this header, with this key, I computed this result, at this time".
 *
 * <p><b>Security.</b> It holds digests only and opens nothing. It binds the cloud: {@link #proves} shows a third party that the result was wrong. It
 * does not bind anybody else, and it does not prove that a refusal was unjust.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: "SOST", version 1, work, SHA-256 of header, key and result (32 each), microseconds since 1970
 * (u64); Ed25519 signature over all of that (64).
 *
 * <p><b>Source.</b> docs/FORMATS.md, section Statements.
 */
public final class Statement {
    private static final byte[] MAGIC = "SOST".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int SIGNED_BYTES = 4 + 1 + 1 + 3 * Digests.BYTES + Long.BYTES;

    /** An encoded statement. */
    public static final int ENCODED_BYTES = SIGNED_BYTES + OperatorKey.SIGNATURE_BYTES;

    private final Work work;
    private final byte[] headerDigest;
    private final byte[] keyDigest;
    private final byte[] resultDigest;
    private final long micros;
    private final byte[] signature;

    private Statement(
            Work work, byte[] headerDigest, byte[] keyDigest, byte[] resultDigest, long micros, byte[] signature) {
        this.work = work;
        this.headerDigest = headerDigest;
        this.keyDigest = keyDigest;
        this.resultDigest = resultDigest;
        this.micros = micros;
        this.signature = signature;
    }

    /**
     * States.
     *
     * @param work what was done
     * @param header the encoded header it was done to
     * @param key the encoded key it was done with
     * @param result the encoded result
     * @param at when, not before 1970; kept to the microsecond
     * @param operator who did it and signs
     * @return the statement
     */
    public static Statement sign(
            Work work, byte[] header, byte[] key, byte[] result, Instant at, OperatorKey operator) {
        byte[] headerDigest = Digests.sha256(header);
        byte[] keyDigest = Digests.sha256(key);
        byte[] resultDigest = Digests.sha256(result);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        byte[] signature = operator.sign(signed(work, headerDigest, keyDigest, resultDigest, micros));
        return new Statement(work, headerDigest, keyDigest, resultDigest, micros, signature);
    }

    private static byte[] signed(Work work, byte[] headerDigest, byte[] keyDigest, byte[] resultDigest, long micros) {
        return new ByteWriter()
                .fixed(MAGIC)
                .u8(VERSION)
                .u8(work.code())
                .fixed(headerDigest)
                .fixed(keyDigest)
                .fixed(resultDigest)
                .u64(micros)
                .toByteArray();
    }

    /**
     * Decodes; nothing is verified yet.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the statement
     * @throws GeneralSecurityException if the bytes are not exactly one statement
     */
    public static Statement decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(MAGIC);
        reader.expect(VERSION);
        Work work = Work.ofCode(reader.u8());
        byte[] header = reader.fixed(Digests.BYTES);
        byte[] key = reader.fixed(Digests.BYTES);
        byte[] result = reader.fixed(Digests.BYTES);
        long micros = reader.u64();
        byte[] signature = reader.fixed(OperatorKey.SIGNATURE_BYTES);
        reader.end();
        return new Statement(work, header, key, result, micros, signature);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .fixed(signed(work, headerDigest, keyDigest, resultDigest, micros))
                .fixed(signature)
                .toByteArray();
    }

    /**
     * What was done.
     *
     * @return the kind of work
     */
    public Work work() {
        return work;
    }

    /**
     * When it was done, by the operator's clock.
     *
     * @return to the microsecond
     */
    public Instant at() {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /**
     * With what it was done.
     *
     * @return SHA-256 of the encoded key
     */
    public byte[] keyDigest() {
        return keyDigest.clone();
    }

    /**
     * Requires that this operator said so, of this header and this result.
     *
     * @param operator the certificate she showed
     * @param expected the work she was asked for
     * @param header the encoded header she was given
     * @param result the encoded result she gave
     * @throws GeneralSecurityException if she did not sign, or signed something about other work, another header or another result
     */
    public void require(X509Certificate operator, Work expected, byte[] header, byte[] result)
            throws GeneralSecurityException {
        requireSignedBy(operator);
        if (work != expected
                || !MessageDigest.isEqual(headerDigest, Digests.sha256(header))
                || !MessageDigest.isEqual(resultDigest, Digests.sha256(result))) {
            throw new MalformedException("the statement is about something else");
        }
    }

    /**
     * Who signed it, of all keys that an operator had.
     *
     * @param operator her keys, each with its term
     * @return the certificate of the key that signed it in its term
     * @throws GeneralSecurityException if none did
     */
    public X509Certificate signer(OperatorHistory operator) throws GeneralSecurityException {
        return operator.signer(at(), signed(work, headerDigest, keyDigest, resultDigest, micros), signature);
    }

    private void requireSignedBy(X509Certificate operator) throws GeneralSecurityException {
        OperatorKey.verify(operator, signed(work, headerDigest, keyDigest, resultDigest, micros), signature);
    }

    /** What a statement proves to somebody who trusts nobody. */
    public enum Proof {
        /** The operator did what she signed. */
        RIGHT,
        /** The operator signed a result that header and key do not give. */
        WRONG,
        /** Nothing: she did not sign it, or it is about another header or key than those shown. */
        NOTHING
    }

    /**
     * Does the work again and compares.
     *
     * @param operator the certificate she showed
     * @param header the encoded header, as its owner signed it
     * @param key the encoded key that the work was done with
     * @return what this statement proves
     */
    public Proof proves(X509Certificate operator, byte[] header, byte[] key) {
        try {
            requireSignedBy(operator);
        } catch (GeneralSecurityException notHers) {
            return Proof.NOTHING;
        }
        if (!MessageDigest.isEqual(headerDigest, Digests.sha256(header))
                || !MessageDigest.isEqual(keyDigest, Digests.sha256(key))) {
            return Proof.NOTHING;
        }
        try {
            boolean right = MessageDigest.isEqual(resultDigest, Digests.sha256(work.of(header, key)));
            return right ? Proof.RIGHT : Proof.WRONG;
        } catch (GeneralSecurityException noSuchResult) {
            // She signed a result of what has none.
            return Proof.WRONG;
        }
    }

    @Override
    public String toString() {
        return "Statement[" + work + " of header " + HexFormat.of().formatHex(headerDigest) + " at " + at() + "]";
    }
}
