package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;

class BlindedRetrievalKeyTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();

    private final UserKeys keys = AUTHORITY.keyGen(Set.of(Attribute.of("role", "doctor")));

    /** Precomposed and decomposed forms of one letter are one passphrase, whatever keyboard typed it. */
    @Test
    void thePassphraseGivesTheKeyBackAndAnyOtherGivesAnother() throws Exception {
        BlindedRetrievalKey stored = BlindedRetrievalKey.decode(
                BlindedRetrievalKey.blind(keys.retrievalKey(), "gr\u00fcn wie Gras".toCharArray())
                        .encode());
        Scalar s = Scalar.random();
        Gt transformed = PolicyLock.encaps(PARAMETERS, AccessPolicy.parse("role:doctor"), s)
                .transform(keys.transformKey());

        RetrievalKey right = stored.unblind("gru\u0308n wie Gras".toCharArray());
        assertThat(right.retrieve(transformed)).isEqualTo(PARAMETERS.encapsulated(s));
        RetrievalKey wrong = stored.unblind("blau".toCharArray());
        assertThat(wrong.retrieve(transformed)).isNotEqualTo(PARAMETERS.encapsulated(s));
        assertThat(RetrievalKey.decode(wrong.encode()).encode())
                .as("a wrong guess is as good a key as any")
                .isEqualTo(wrong.encode());
        assertThat(stored).hasToString("BlindedRetrievalKey[secret]");
    }

    /** Same key, same passphrase: two stored forms that share nothing. */
    @Test
    void blindingIsSalted() {
        byte[] first = BlindedRetrievalKey.blind(keys.retrievalKey(), "x".toCharArray())
                .encode();
        byte[] second = BlindedRetrievalKey.blind(keys.retrievalKey(), "x".toCharArray())
                .encode();
        assertThat(Arrays.copyOfRange(first, 1, 17)).isNotEqualTo(Arrays.copyOfRange(second, 1, 17));
        assertThat(Arrays.copyOfRange(first, 17, first.length))
                .isNotEqualTo(Arrays.copyOfRange(second, 17, second.length));
    }

    @Test
    void malformedOnesAreRefused() {
        assertRefused(new byte[BlindedRetrievalKey.ENCODED_BYTES]);
        byte[] stored =
                BlindedRetrievalKey.blind(keys.retrievalKey(), new char[0]).encode();
        assertThat(stored).hasSize(BlindedRetrievalKey.ENCODED_BYTES);
        assertRefused(Arrays.copyOf(stored, stored.length - 1));
        assertRefused(Arrays.copyOf(stored, stored.length + 1));
        stored[0] = 2;
        assertRefused(stored);
    }

    /** The library's Argon2id against RFC 9106, section 5.3. */
    @Test
    void argon2FollowsRfc9106() {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build());
        byte[] tag = new byte[32];
        argon2.generateBytes(filled(32, 1), tag);
        assertThat(HexFormat.of().formatHex(tag))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static void assertRefused(byte[] encoded) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> BlindedRetrievalKey.decode(encoded));
    }
}
