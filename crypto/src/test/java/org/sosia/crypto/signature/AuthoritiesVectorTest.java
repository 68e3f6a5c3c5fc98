package org.sosia.crypto.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** A hospital whose authority gave way to another, written by another program from docs/FORMATS.md; Ed25519 signs the same bytes the same way. */
class AuthoritiesVectorTest {
    private final Json vector = Json.resource("sosia/authorities-1.json");

    private CertificateAuthority authority(String name) throws Exception {
        return CertificateAuthority.decode(SecretBytes.copyOf(vector.hex(name)));
    }

    @Test
    void theListOfAuthoritiesIsTheDocumentedOne() throws Exception {
        List<X509Certificate> both =
                List.of(authority("newest").certificate(), authority("former").certificate());
        assertThat(Authorities.of(both).encode()).isEqualTo(vector.hex("authorities"));
        Authorities read = Authorities.decode(vector.hex("authorities"));
        assertThat(read.newestFirst()).isEqualTo(both);
        assertThat(read.newest()).isEqualTo(both.get(0));

        Authorities one = Authorities.decode(vector.hex("single"));
        assertThat(one.newestFirst()).containsExactly(both.get(0));
        assertThat(one.encode()).isEqualTo(vector.hex("single"));
        assertThat(authority("newest").encode().exposeSecretBytes()).isEqualTo(vector.hex("newest"));
    }

    @Test
    void theFormerAuthorityIntroducesTheNewestAsDocumented() throws Exception {
        Instant from = Instant.ofEpochMilli(Long.parseLong(vector.text("millis")));
        X509Certificate newest = authority("newest").certificate();
        assertThat(CertificateAuthority.introduction(authority("former").certificate(), newest, from))
                .isEqualTo(vector.hex("introduction"));
        assertThat(authority("former").introduce(newest, from.plusNanos(999_999)))
                .isEqualTo(vector.hex("introduced"));
    }

    @Test
    void whatWasSignedUnderTheFormerAuthorityVerifiesUnderTheList() throws Exception {
        OwnerSignature signature = OwnerSignature.decode(vector.hex("signature"));
        Authorities both = Authorities.decode(vector.hex("authorities"));
        assertThat(both.issuerOf(signature)).isEqualTo(authority("former").certificate());
        signature.verify(vector.hex("message"), vector.text("owner"), both.issuerOf(signature));

        OwnerSigningKey owner = OwnerSigningKey.decode(SecretBytes.copyOf(vector.hex("signingKey")));
        assertThat(owner.owner()).isEqualTo(vector.text("owner"));
        assertThat(owner.sign(vector.hex("message")).encode()).isEqualTo(vector.hex("signature"));
        assertThat(signature.encode()).isEqualTo(vector.hex("signature"));
    }
}
