package org.sosia.crypto.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.grant.GrantHalf;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** Re-keys and everything that comes of them, as earlier builds wrote them. Files are added, never changed. */
@Tag("both-engines")
class ReKeyVectorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "re-key-1-policy",
                "re-key-1-policy-and-approval",
                "re-key-1-person",
                "re-key-1-person-hybrid",
                "re-key-1-wrong-conversion",
                "re-key-1-infinity",
                "re-key-1-left-over",
                "re-key-1-exchanged-target",
                "re-key-1-dishonest",
                "re-key-1-trustees",
                "re-key-1-cheating-trustee",
            })
    void whatWasHandedOnOnceIsReadAsItWas(String name) throws Exception {
        Json vector = Json.resource("sosia/" + name + ".json");
        assertThat(vector.text("name")).isEqualTo(name);
        assertThat(outcome(vector)).isEqualTo(vector.text("expect"));
    }

    /** Against values that another program computed from the written format. */
    @Test
    void whatATargetIsBoundToIsAsWritten() throws Exception {
        Json vector = Json.resource("sosia/derivations-2.json");
        Scope scope = new Scope(
                UUID.fromString(vector.text("reKey")),
                vector.text("owner"),
                vector.number("epoch"),
                G1.decode(vector.hex("ownerKey")));
        assertThat(scope.bound()).isEqualTo(vector.hex("bound"));
        assertThat(scope.blinding(secret(vector, "secret"), vector.hex("targetDigest"))
                        .encode())
                .isEqualTo(vector.hex("blinding"));
        assertThat(scope.deliveryContext(PersonTarget.TYPE, vector.hex("recipient")))
                .isEqualTo(vector.hex("deliveryContext"));
    }

    private static String outcome(Json vector) throws Exception {
        try {
            X509Certificate ca = ca(vector);
            Header header = Header.decode(vector.hex("header"));
            header.verify(ca);
            ReKey reKey = ReKey.decode(vector.hex("reKey"));
            reKey.verify(ca);
            assertThat(reKey.isConsistent()).isTrue();
            assertThat(reKey.encode()).isEqualTo(vector.hex("reKey"));
            Delegation delegation = Delegation.decode(vector.hex("delegation"));
            assertThat(delegation.encode()).isEqualTo(vector.hex("delegation"));
            if (!isSigned(delegation, ca)) {
                return "unsigned";
            }
            ConvertedLock converted = ConvertedLock.decode(vector.hex("convertedLock"));
            delegation.verify(header, converted, ConversionProof.decode(vector.hex("conversionProof")), ca);
            assertThat(reKey.convert(header, ca).encode()).isEqualTo(vector.hex("convertedLock"));
            try (OpenedEnvelope opened = open(vector, header, delegation, converted, ca);
                    InputStream content = opened.decrypting(new ByteArrayInputStream(vector.hex("payload")))) {
                assertThat(content.readAllBytes()).isEqualTo(vector.hex("content"));
            }
            header.openAsOwner(CollectionKeys.decode(secret(vector, "collectionKeys")))
                    .close();
            return "opened";
        } catch (CheatingProxyException e) {
            return "cheating-proxy";
        } catch (CheatingTrusteeException e) {
            assertThat(e.trustee()).isEqualTo(3);
            return "cheating-trustee";
        } catch (DishonestReKeyException e) {
            return "dishonest";
        } catch (MalformedException e) {
            return "malformed";
        }
    }

    private static boolean isSigned(Delegation delegation, X509Certificate ca) {
        try {
            delegation.verify(ca);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static OpenedEnvelope open(
            Json vector, Header header, Delegation delegation, ConvertedLock converted, X509Certificate ca)
            throws Exception {
        if (delegation.target() instanceof TrusteesTarget) {
            List<TrusteeAnswer> answers = new ArrayList<>();
            for (String trustee : List.of("1", "3")) {
                answers.add(TrusteeAnswer.decode(vector.hex("answer" + trustee)));
                PersonKey key = PersonKey.decode(secret(vector, "trusteeKey" + trustee));
                assertThat(delegation.trusteesTarget().number(key)).isEqualTo(Integer.parseInt(trustee));
            }
            return Coordination.decode(vector.hex("coordination")).open(delegation, header, converted, answers, ca);
        }
        return opened(vector, delegation).open(header, converted);
    }

    private static DelegationSecret opened(Json vector, Delegation delegation) throws Exception {
        if (!(delegation.target() instanceof PolicyTarget target)) {
            return delegation.open(PersonKey.decode(secret(vector, "personKey")));
        }
        PublicParameters parameters = PublicParameters.decode(vector.hex("publicParameters"));
        var transformed = target.transform(TransformKey.decode(vector.hex("transformKey")));
        RetrievalKey z = RetrievalKey.decode(secret(vector, "retrievalKey"));
        if (target.approvable().isEmpty()) {
            return delegation.open(parameters, transformed, z);
        }
        GrantHalf half = GrantHalf.decode(vector.hex("grantHalf"));
        return delegation.open(
                parameters,
                transformed,
                z,
                half.convert(target.approvable().orElseThrow()),
                PartialKey.parse(vector.text("partialKey")));
    }

    private static SecretBytes secret(Json vector, String name) {
        return SecretBytes.copyOf(vector.hex(name));
    }

    private static X509Certificate ca(Json vector) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(vector.hex("ca")));
    }
}
