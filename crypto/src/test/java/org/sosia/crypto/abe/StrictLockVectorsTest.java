package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** Known answers for every step that is a function of its inputs, kept for ever and computed with both engines. */
@Tag("both-engines")
class StrictLockVectorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"single", "and", "threshold", "nested"})
    void everyByteIsReproduced(String name) throws Exception {
        Json vector = Json.resource("sosia/strict-lock-1-" + name + ".json");
        AccessPolicy policy = AccessPolicy.decode(vector.hex("policy"));
        MasterSecretKey master = MasterSecretKey.decode(SecretBytes.copyOf(vector.hex("master")));
        PublicParameters parameters = master.publicParameters();
        Scalar s = Scalar.decode(vector.hex("exponent"));
        SecretBytes seed = SecretBytes.copyOf(vector.hex("seed"));
        byte[] context = vector.hex("context");

        assertThat(parameters.encode()).isEqualTo(vector.hex("parameters"));
        PolicyLock lock = PolicyLock.encapsDerived(parameters, policy, s, seed, context);
        assertThat(lock.encode()).isEqualTo(vector.hex("lock"));
        assertThat(PolicyLock.read(new ByteReader(vector.hex("lock")), policy)
                        .isDerivedFrom(parameters, s, seed, context))
                .isTrue();
        assertThat(lock.locks(parameters, s)).isTrue();

        RetrievalKey retrievalKey = RetrievalKey.decode(SecretBytes.copyOf(vector.hex("retrievalKey")));
        RetrievalImage image = RetrievalImage.decode(vector.hex("retrievalImage"));
        TransformKey transformKey = TransformKey.decode(vector.hex("transformKey"));
        assertThat(retrievalKey.image(parameters)).isEqualTo(image);
        assertThat(transformKey.isIssuedTo(parameters, image)).isTrue();
        Gt transformed = lock.transform(transformKey);
        assertThat(transformed.encode()).isEqualTo(vector.hex("transformed"));
        assertThat(retrievalKey.retrieve(transformed).encode()).isEqualTo(vector.hex("secret"));
        assertThat(parameters.encapsulated(s).encode()).isEqualTo(vector.hex("secret"));
    }
}
