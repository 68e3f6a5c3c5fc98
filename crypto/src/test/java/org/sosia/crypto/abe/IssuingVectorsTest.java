package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/**
 * Known answers for asking and issuing, kept for ever and computed with both engines: what is a function of its inputs is computed again byte
 * for byte, what was drawn at random once is verified.
 */
@Tag("both-engines")
class IssuingVectorsTest {
    private static final Set<Attribute> HELD = Set.of(
            Attribute.of("role", "doctor"),
            Attribute.of("department", "cardiology").inEpoch(2));

    private static SecretBytes secret(Json vector, String field) {
        return SecretBytes.copyOf(vector.hex(field));
    }

    @Test
    void aRequestVerifiesForItsContextAndNoOther() throws Exception {
        Json vector = Json.resource("sosia/key-request-1.json");
        PublicParameters parameters =
                MasterSecretKey.decode(secret(vector, "master")).publicParameters();
        RetrievalKey z = RetrievalKey.decode(secret(vector, "retrievalKey"));
        KeyRequest request = KeyRequest.decode(vector.hex("request"));
        byte[] context = vector.hex("context");

        assertThat(parameters.encode()).isEqualTo(vector.hex("parameters"));
        assertThat(z.image(parameters).encode()).isEqualTo(vector.hex("retrievalImage"));
        assertThat(request.encode()).isEqualTo(vector.hex("request"));
        assertThat(request.verify(parameters, context).encode()).isEqualTo(vector.hex("retrievalImage"));
        TransformKey issued = TransformKey.decode(vector.hex("transformKey"));
        assertThat(issued.attributes()).isEqualTo(HELD);
        assertThat(issued.isIssuedTo(parameters, z.image(parameters))).isTrue();
        context[0] ^= 1;
        assertThatThrownBy(() -> request.verify(parameters, context)).isInstanceOf(KeyRequestRefusedException.class);
    }

    @ParameterizedTest
    @CsvSource({"quorum-1-converted, 3, 13", "quorum-1-all, 3, 123"})
    void sharesFitTheirCommitmentsAndPartsMakeTheKey(String name, int authorities, String givers) throws Exception {
        Json vector = Json.resource("sosia/" + name + ".json");
        MasterSecretKey master = MasterSecretKey.decode(secret(vector, "master"));
        Dealing dealing = Dealing.decode(vector.hex("dealing"));
        KeyCeremony ceremony = KeyCeremony.converting(master.publicParameters(), dealing);
        QuorumParameters parameters = ceremony.parameters();
        assertThat(dealing.encode()).isEqualTo(vector.hex("dealing"));
        assertThat(parameters.encode()).isEqualTo(vector.hex("quorumParameters"));
        List<AuthorityShare> shares = new ArrayList<>();
        for (int authority = 1; authority <= authorities; authority++) {
            DealtShare dealt = DealtShare.decode(secret(vector, "dealtShare" + authority));
            AuthorityShare share = ceremony.receive(authority, List.of(dealt));
            assertThat(share.encode()).isEqualTo(secret(vector, "share" + authority));
            assertThat(AuthorityShare.decode(secret(vector, "share" + authority), parameters)
                            .encode())
                    .isEqualTo(share.encode());
            shares.add(share);
        }
        assertThat(parameters.restore(shares).encode()).isEqualTo(master.encode());

        RetrievalKey z = RetrievalKey.decode(secret(vector, "retrievalKey"));
        RetrievalImage person = z.image(parameters.publicParameters());
        assertThat(person.encode()).isEqualTo(vector.hex("retrievalImage"));
        List<PartialTransformKey> parts = new ArrayList<>();
        for (int giver = 1; giver <= authorities; giver++) {
            if (!givers.contains(Integer.toString(giver))) {
                continue;
            }
            PartialTransformKey part = PartialTransformKey.decode(vector.hex("part" + giver));
            assertThat(part.encode()).isEqualTo(vector.hex("part" + giver));
            assertThat(part.isRight(parameters, person)).isTrue();
            assertThat(part.isRight(parameters, RetrievalKey.generate().image(parameters.publicParameters())))
                    .isFalse();
            parts.add(part);
        }
        assertThat(parameters.combine(person, HELD, parts).encode()).isEqualTo(vector.hex("transformKey"));
    }

    @Test
    void aPartWithOneBitChangedNamesItsAuthority() throws Exception {
        Json vector = Json.resource("sosia/quorum-1-converted.json");
        QuorumParameters parameters = QuorumParameters.decode(vector.hex("quorumParameters"));
        RetrievalImage person = RetrievalImage.decode(vector.hex("retrievalImage"));
        PartialTransformKey first = PartialTransformKey.decode(vector.hex("part1"));
        byte[] changed = vector.hex("part3");
        // The last bit of the first answer of the proof: the part still decodes, and proves nothing.
        changed[2 + 2 * 32 - 1] ^= 1;
        PartialTransformKey wrong = PartialTransformKey.decode(changed);

        assertThat(wrong.isRight(parameters, person)).isFalse();
        Json other = Json.resource("sosia/quorum-1-all.json");
        PartialTransformKey foreign = PartialTransformKey.decode(other.hex("part3"));
        assertThatThrownBy(() -> parameters.combine(person, HELD, List.of(first, foreign)))
                .isInstanceOfSatisfying(
                        CheatingAuthorityException.class,
                        cheat -> assertThat(cheat.authority()).isEqualTo(3));
        assertThatThrownBy(() -> AuthorityShare.decode(secret(other, "share1"), parameters))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
