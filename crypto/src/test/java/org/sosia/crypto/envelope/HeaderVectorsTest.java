package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.GrantHalf;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.crypto.signature.SignatureRefusedException;
import org.sosia.crypto.testing.Json;

/** Headers, payloads and keys that earlier builds wrote: each file says what must come of it. Files are added, never changed. */
@Tag("both-engines")
class HeaderVectorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "header-1-and",
                "header-1-threshold",
                "header-1-single",
                "header-1-or-of-and",
                "header-1-unsatisfied",
                "header-1-wrong-partial-key",
                "header-1-changed-mac",
                "header-1-changed-signature",
                "header-1-infinity",
                "header-1-left-over",
                "header-2-and",
                "header-2-threshold",
                "header-2-single",
                "header-2-or-of-and",
                "header-2-unsatisfied",
                "header-2-wrong-partial-key",
                "header-2-changed-mac",
                "header-2-changed-signature",
                "header-2-infinity",
                "header-2-left-over",
                "header-2-direct",
                "header-2-direct-hybrid",
                "header-2-changed-policy",
                "header-2-hybrid-signature",
                "header-2-stripped",
                "header-2-swapped",
                "header-2-doubled",
                "header-2-older-slot",
                "header-2-direct-led-over",
                "header-3-and",
                "header-3-threshold",
                "header-3-single",
                "header-3-or-of-and",
                "header-3-unsatisfied",
                "header-3-wrong-partial-key",
                "header-3-changed-mac",
                "header-3-changed-signature",
                "header-3-infinity",
                "header-3-left-over",
                "header-3-direct",
                "header-3-direct-hybrid",
                "header-3-changed-policy",
                "header-3-hybrid-signature",
                "header-3-stripped",
                "header-3-swapped",
                "header-3-doubled",
                "header-3-older-slot",
                "header-3-led-over",
                "header-3-other-parameters",
                "header-3-renamed-parameters",
                "header-3-unnamed-parameters",
            })
    void whatWasSealedOnceIsReadAsItWas(String name) throws Exception {
        Json vector = Json.resource("sosia/" + name + ".json");
        assertThat(vector.text("name")).isEqualTo(name);
        assertThat(outcome(vector)).isEqualTo(vector.text("expect"));
    }

    private static String outcome(Json vector) throws Exception {
        try {
            Header header = Header.decode(vector.hex("header"));
            header.verify(ca(vector));
            assertThat(open(vector, header)).isEqualTo(vector.hex("content"));
            try (OpenedEnvelope opened = header.openAsOwner(CollectionKeys.decode(secret(vector, "collectionKeys")))) {
                assertThat(read(vector, opened)).isEqualTo(vector.hex("content"));
            }
            if (vector.has("personKey")) {
                PersonKey person = PersonKey.decode(secret(vector, "personKey"));
                assertThat(person.encode()).isEqualTo(secret(vector, "personKey"));
                try (OpenedEnvelope opened = header.open(person)) {
                    assertThat(read(vector, opened)).isEqualTo(vector.hex("content"));
                }
            }
            assertReadsAsWritten(vector, header);
            return "opened";
        } catch (PolicyNotSatisfiedException e) {
            return "policy-not-satisfied";
        } catch (WrongKeyException e) {
            return "wrong-key";
        } catch (TamperedEnvelopeException e) {
            return "tampered";
        } catch (SignatureRefusedException e) {
            return "unsigned";
        } catch (MalformedException e) {
            return "malformed";
        }
    }

    private static byte[] open(Json vector, Header header) throws Exception {
        TransformedSlot transformed = header.transform(TransformKey.decode(vector.hex("transformKey")));
        ConvertedGrant converted = GrantHalf.decode(vector.hex("grantHalf")).convert(header);
        try (OpenedEnvelope opened = header.open(
                PublicParameters.decode(vector.hex("publicParameters")),
                TransformedSlot.decode(transformed.encode()),
                RetrievalKey.decode(secret(vector, "retrievalKey")),
                ConvertedGrant.decode(converted.encode()),
                PartialKey.parse(vector.text("partialKey")))) {
            return read(vector, opened);
        }
    }

    private static byte[] read(Json vector, OpenedEnvelope opened) throws Exception {
        try (InputStream content = opened.decrypting(new ByteArrayInputStream(vector.hex("payload")))) {
            return content.readAllBytes();
        }
    }

    private static void assertReadsAsWritten(Json vector, Header header) throws Exception {
        assertThat(header.encode()).isEqualTo(vector.hex("header"));
        assertThat(header.record()).isEqualTo(UUID.fromString(vector.text("record")));
        assertThat(header.owner()).isEqualTo(vector.text("owner"));
        assertThat(header.revision()).isEqualTo(vector.has("revision") ? vector.number("revision") : 0);
        assertThat(header.metadataDigest()).isEqualTo(vector.hex("metadataDigest"));
        assertThat(header.policy().canonical()).isEqualTo(vector.hex("canonicalPolicy"));
        assertThat(AccessPolicy.parse(vector.text("policy"))).isEqualTo(header.policy());
        assertThat(AccessPolicy.decode(vector.hex("canonicalPolicy"))).isEqualTo(header.policy());
        assertThat(TransformKey.decode(vector.hex("transformKey")).encode()).isEqualTo(vector.hex("transformKey"));
        assertThat(GrantHalf.decode(vector.hex("grantHalf")).encode()).isEqualTo(vector.hex("grantHalf"));
        assertThat(RetrievalKey.decode(secret(vector, "retrievalKey")).encode())
                .isEqualTo(secret(vector, "retrievalKey"));
        assertThat(CollectionKeys.decode(secret(vector, "collectionKeys")).encode())
                .isEqualTo(secret(vector, "collectionKeys"));
        assertThat(OwnerSigningKey.decode(secret(vector, "signingKey")).encode())
                .isEqualTo(secret(vector, "signingKey"));
        MasterSecretKey master = MasterSecretKey.decode(secret(vector, "masterSecretKey"));
        assertThat(master.publicParameters().encode()).isEqualTo(vector.hex("publicParameters"));
        assertThat(header.isConsistent(master.publicParameters())).isTrue();
    }

    private static SecretBytes secret(Json vector, String name) {
        return SecretBytes.copyOf(vector.hex(name));
    }

    private static X509Certificate ca(Json vector) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(vector.hex("ca")));
    }
}
