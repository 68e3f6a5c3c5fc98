package org.sosia.crypto.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.StrictReading;

/** SCHEME 5 by its equations: what both halves give together, and what either gives with a stranger's. */
class HalvesOfAGrantTest {
    private static final Scalar APPROVAL = Scalar.random();
    private static final G1 APPROVAL_KEY = G1.GENERATOR.power(APPROVAL);

    private final PartialKey partialKey = PartialKey.random();
    private final SecretBytes collection = SecretBytes.random(32);
    private final GrantHalf half = GrantHalf.issue(partialKey, APPROVAL, collection);
    private final Scalar record = Scalar.random();

    private static Approvable locked(G1 key, Scalar record) {
        return new Approvable() {
            @Override
            public G1 approvalKey() {
                return key;
            }

            @Override
            public G1 approvalLock() {
                return key.power(record);
            }
        };
    }

    /** K_g = e(g1, g2)^(k_g), which the owner knows without any half. */
    private Gt approvalSecret() {
        return PairingProduct.pair(G1.GENERATOR.power(record), G2.GENERATOR);
    }

    @Test
    void bothHalvesGiveBothSecrets() throws Exception {
        ConvertedGrant converted = half.convert(locked(APPROVAL_KEY, record));

        assertThat(converted.approvalSecret(partialKey, APPROVAL_KEY)).isEqualTo(approvalSecret());
        assertThat(converted.collectionSecret(partialKey, APPROVAL_KEY)).isEqualTo(collection);
    }

    @Test
    void anotherPartialKeyGivesNeither() throws Exception {
        ConvertedGrant converted = half.convert(locked(APPROVAL_KEY, record));
        PartialKey other = PartialKey.random();

        assertThat(converted.approvalSecret(other, APPROVAL_KEY)).isNotEqualTo(approvalSecret());
        assertThat(converted.collectionSecret(other, APPROVAL_KEY)).isNotEqualTo(collection);
    }

    @Test
    void theSamePartialKeyGivesNeitherInAnotherCollection() throws Exception {
        Scalar otherExponent = Scalar.random();
        G1 otherKey = G1.GENERATOR.power(otherExponent);
        ConvertedGrant converted = half.convert(locked(APPROVAL_KEY, record));

        assertThat(converted.approvalSecret(partialKey, otherKey)).isNotEqualTo(approvalSecret());
        assertThat(converted.collectionSecret(partialKey, otherKey)).isNotEqualTo(collection);
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> half.convert(locked(otherKey, record)));
    }

    @Test
    void halvesSurviveEncodingAndAreReadStrictly() throws Exception {
        ConvertedGrant converted = GrantHalf.decode(half.encode()).convert(locked(APPROVAL_KEY, record));
        ConvertedGrant read = ConvertedGrant.decode(converted.encode());

        assertThat(read.approvalSecret(partialKey, APPROVAL_KEY)).isEqualTo(approvalSecret());
        assertThat(read.collectionSecret(partialKey, APPROVAL_KEY)).isEqualTo(collection);
        assertThat(half.encode()).hasSize(GrantHalf.ENCODED_BYTES);
        assertThat(converted.encode()).hasSize(ConvertedGrant.ENCODED_BYTES);
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(half.encode(), GrantHalf::decode);
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(converted.encode(), ConvertedGrant::decode);
    }

    /** What a partial key derives serves one purpose each, and differs from key to key. */
    @Test
    void thePadsKeyIsThatOfThePartialKeyAlone() throws Exception {
        assertThat(partialKey.padKey())
                .isEqualTo(PartialKey.parse(partialKey.revealText()).padKey())
                .isNotEqualTo(PartialKey.random().padKey());
        assertThat(partialKey.padKey().length()).isEqualTo(32);
        assertThat(partialKey.padKey()).isNotEqualTo(partialKey.mask(APPROVAL_KEY, new byte[32]));
    }
}
