package org.sosia.crypto.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.rsa.Rsa3072;
import org.sosia.crypto.testing.Json;

/** The primitives of the hybrid suite against the published vectors, each through the method that the suite uses. */
class HybridKemVectorsTest {
    @Test
    void mlKemFollowsThePublishedVectors() {
        var vectors = Json.wycheproof("mlkem_768_test.json");
        assertThat(vectors).hasSize(193);
        for (Json vector : vectors) {
            boolean valid = vector.text("result").equals("valid");
            assertThat(decapsulated(vector))
                    .as(vector.text("tcId"))
                    .isEqualTo(valid ? Optional.of(vector.text("K")) : Optional.empty());
        }
    }

    private static Optional<String> decapsulated(Json vector) {
        byte[] seed = vector.hex("seed");
        if (seed.length != HybridKem.ML_KEM_SEED_BYTES) {
            return Optional.empty();
        }
        try {
            var key = HybridKem.mlKemPrivateKey(seed);
            if (vector.has("ek") && !vector.text("ek").isEmpty()) {
                assertThat(key.getPublicKey()).isEqualTo(vector.hex("ek"));
            }
            return Optional.of(hex(HybridKem.mlKemDecapsulate(key, vector.hex("c"))));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Keys with coefficients that are not reduced are refused, and so are those of another length. */
    @Test
    void mlKemKeysAreCheckedAsPublished() {
        var vectors = Json.wycheproof("mlkem_768_encaps_test.json");
        assertThat(vectors).hasSize(265);
        for (Json vector : vectors) {
            boolean valid = vector.text("result").equals("valid");
            assertThat(encapsulated(vector))
                    .as(vector.text("tcId"))
                    .isEqualTo(valid ? Optional.of(vector.text("K") + vector.text("c")) : Optional.empty());
        }
    }

    private static Optional<String> encapsulated(Json vector) {
        try {
            var key = HybridKem.mlKemPublicKey(vector.hex("ek"));
            var both = MLKEMGenerator.internalGenerateEncapsulated(key, vector.hex("m"));
            return Optional.of(hex(both.getSecret()) + hex(both.getEncapsulation()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** With a label, which the suite never uses, a ciphertext is of another kind and refused. */
    @Test
    void rsaOaepFollowsThePublishedVectors() {
        var vectors = Json.wycheproof("rsa_oaep_3072_sha256_mgf1sha256_test.json");
        assertThat(vectors).hasSize(37);
        for (Json vector : vectors) {
            boolean valid = vector.text("result").equals("valid")
                    && vector.text("label").isEmpty();
            assertThat(decrypted(vector))
                    .as(vector.text("tcId"))
                    .isEqualTo(valid ? Optional.of(vector.text("msg")) : Optional.empty());
        }
    }

    private static Optional<String> decrypted(Json vector) {
        try {
            var key = Rsa3072.secretKey(vector.hex("privateKeyPkcs8"));
            return Optional.of(hex(HybridKem.rsaDecrypt(key, vector.hex("ct"))));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Against values that another program computed from the written format. */
    @Test
    void bothSecretsAreCombinedAsWritten() throws Exception {
        Json vector = Json.resource("sosia/derivations-2.json");
        byte[] prk = HybridDelivery.combined(
                vector.hex("rsaShared"),
                vector.hex("mlKemShared"),
                vector.hex("rsaCiphertext"),
                vector.hex("mlKemCiphertext"),
                PersonPublicKey.decode(vector.hex("publicKey")),
                vector.hex("context"));
        assertThat(prk).isEqualTo(vector.hex("prk"));
        assertThat(HybridDelivery.expand(prk, HybridDelivery.COMMIT)).isEqualTo(vector.hex("commitment"));
        assertThat(HybridDelivery.expand(prk, HybridDelivery.KEY)).isEqualTo(vector.hex("key"));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
