package org.sosia.crypto.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.Sealing;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.reencryption.Delegator;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OperatorKey;
import org.sosia.crypto.statement.Statement.Proof;
import org.sosia.crypto.testing.StrictReading;

/**
 * A cloud answers with the result of something else: of another person's key, of another record, or with noise. Whoever opens with it
 * gets nothing and would be taken for a guesser, so the cloud must sign what it answers; and it must not be able to say later that it
 * signed something else, nor somebody else to say so in its name.
 */
class LyingCloudAttackTest {
    private static final Instant NOW = Instant.parse("2026-03-14T15:09:26.535897Z");
    private static final CertificateAuthority CA = CertificateAuthority.generate("General Hospital");
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final CollectionKeys COLLECTION = CollectionKeys.generate();

    private final OperatorKey operator = OperatorKey.generate();
    private final byte[] header = header().encode();
    private final byte[] key = transformKey();
    private final byte[] half = COLLECTION.issueGrant().half().encode();

    @Test
    void whatIsTrueIsProvedTrue() throws Exception {
        for (Work work : Work.values()) {
            byte[] with = switch (work) {
                case TRANSFORMATION -> key;
                case CONVERSION -> half;
                case RE_ENCRYPTION -> reKey();
            };
            byte[] result = work.of(header, with);
            Statement statement = reread(Statement.sign(work, header, with, result, NOW, operator));

            statement.require(operator.certificate(), work, header, result);
            assertThat(statement.at()).isEqualTo(NOW);
            assertThat(statement.keyDigest()).isEqualTo(Digests.sha256(with));
            assertThat(statement.proves(operator.certificate(), header, with)).isEqualTo(Proof.RIGHT);
        }
    }

    private static byte[] reKey() throws GeneralSecurityException {
        return new Delegator(COLLECTION, 0, CA.issue("olga"))
                .toPerson(UUID.randomUUID(), PersonKey.generate().publicPart())
                .reKey()
                .encode();
    }

    @Test
    void aResultOfSomebodyElsesKeyIsProvedWrong() throws Exception {
        byte[] wrong = Work.TRANSFORMATION.of(header, transformKey());
        Statement statement = Statement.sign(Work.TRANSFORMATION, header, key, wrong, NOW, operator);

        // Nothing is wrong with its form: only the work done again tells.
        statement.require(operator.certificate(), Work.TRANSFORMATION, header, wrong);
        assertThat(statement.proves(operator.certificate(), header, key)).isEqualTo(Proof.WRONG);
    }

    @Test
    void aResultOfWhatHasNoneIsProvedWrong() {
        byte[] noKey = {1, 2, 3};
        Statement statement = Statement.sign(Work.CONVERSION, header, noKey, new byte[16], NOW, operator);

        assertThat(statement.proves(operator.certificate(), header, noKey)).isEqualTo(Proof.WRONG);
    }

    @Test
    void nobodyIsAccusedWithOtherEvidence() throws Exception {
        byte[] result = Work.TRANSFORMATION.of(header, key);
        Statement statement = Statement.sign(Work.TRANSFORMATION, header, key, result, NOW, operator);

        assertThat(statement.proves(operator.certificate(), header().encode(), key))
                .isEqualTo(Proof.NOTHING);
        assertThat(statement.proves(operator.certificate(), header, transformKey()))
                .isEqualTo(Proof.NOTHING);
        assertThat(statement.proves(OperatorKey.generate().certificate(), header, key))
                .isEqualTo(Proof.NOTHING);
    }

    @Test
    void aStatementServesForOneAnswerOnly() throws Exception {
        byte[] result = Work.TRANSFORMATION.of(header, key);
        Statement statement = Statement.sign(Work.TRANSFORMATION, header, key, result, NOW, operator);

        refused(() -> statement.require(operator.certificate(), Work.CONVERSION, header, result));
        refused(() -> statement.require(operator.certificate(), Work.TRANSFORMATION, header().encode(), result));
        refused(() -> statement.require(operator.certificate(), Work.TRANSFORMATION, header, transformKey()));
        refused(() -> statement.require(OperatorKey.generate().certificate(), Work.TRANSFORMATION, header, result));
    }

    @Test
    void everyChangedBitIsNoticed() throws Exception {
        byte[] result = Work.CONVERSION.of(header, half);
        byte[] encoded = Statement.sign(Work.CONVERSION, header, half, result, NOW, operator)
                .encode();
        assertThat(encoded).hasSize(Statement.ENCODED_BYTES);
        for (int at = 0; at < encoded.length; at++) {
            byte[] changed = encoded.clone();
            changed[at] ^= 1;
            refused(() -> Statement.decode(changed).require(operator.certificate(), Work.CONVERSION, header, result));
        }
    }

    @Test
    void otherLengthsAreRefused() throws Exception {
        Statement statement = Statement.sign(Work.CONVERSION, header, half, new byte[1], NOW, operator);
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(statement.encode(), Statement::decode);
    }

    /** What a log shows of it: which work, of what and when, and no result. */
    @Test
    void aStatementSaysWhatItIsAbout() {
        Statement statement = Statement.sign(Work.CONVERSION, header, half, new byte[1], NOW, operator);
        assertThat(statement.work()).isEqualTo(Work.CONVERSION);
        assertThat(statement)
                .hasToString("Statement[CONVERSION of header " + HexFormat.of().formatHex(Digests.sha256(header))
                        + " at 2026-03-14T15:09:26.535897Z]");
    }

    @Test
    void anOperatorsKeyIsKept() throws Exception {
        OperatorKey again = OperatorKey.decode(operator.encode());

        assertThat(again.certificate()).isEqualTo(operator.certificate());
        OperatorKey.verify(operator.certificate(), new byte[] {7}, again.sign(new byte[] {7}));
        assertThat(operator).hasToString("OperatorKey[secret]");
    }

    private static Statement reread(Statement statement) throws GeneralSecurityException {
        return Statement.decode(statement.encode());
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(call);
    }

    private static byte[] transformKey() {
        return AUTHORITY
                .keyGen(Set.of(Attribute.of("role", "doctor")))
                .transformKey()
                .encode();
    }

    private static Header header() {
        try (Sealing sealing = Sealing.begin(
                UUID.randomUUID(),
                1,
                "olga",
                AUTHORITY.publicParameters(),
                AccessPolicy.parse("role:doctor"),
                COLLECTION)) {
            OutputStream content = sealing.encrypting(new ByteArrayOutputStream());
            content.close();
            return sealing.finish(Digests.sha256(), CA.issue("olga"));
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}
