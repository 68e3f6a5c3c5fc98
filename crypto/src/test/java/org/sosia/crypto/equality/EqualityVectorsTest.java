package org.sosia.crypto.equality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.equality.Front.Stored;
import org.sosia.crypto.equality.ServerKey.Role;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.testing.Json;

/** A whole test for equality, both servers' keys to the user's verdict, that another program computed from docs/FORMATS.md. */
class EqualityVectorsTest {
    private final Json vector = Json.resource("sosia/equality-1.json");
    private final TestKey frontKey = TestKey.from(SecretBytes.copyOf(vector.hex("masterFront")));
    private final TestKey backKey = TestKey.from(SecretBytes.copyOf(vector.hex("masterBack")));
    private final UUID group = id(vector.hex("group"));

    private static UUID id(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private Point servers() throws GeneralSecurityException {
        return Point.decodeLong(vector.hex("servers"));
    }

    private Authorities authorities() throws GeneralSecurityException {
        return Authorities.of((X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(vector.hex("ca"))));
    }

    private Trapdoor trapdoor() throws GeneralSecurityException {
        return Trapdoor.decode(vector.hex("trapdoor"));
    }

    private List<UUID> ids() {
        return vector.get("ids").list().stream()
                .map(id -> id(HexFormat.of().parseHex(id.toString())))
                .toList();
    }

    private Context context(Json stored) {
        return new Context(group, vector.text("author"), id(stored.hex("item")));
    }

    @Test
    void theServersKeysFollowFromTheirSecretsAndAreProven() throws Exception {
        ServerKey front = ServerKey.decode(vector.hex("frontKey"));
        ServerKey back = ServerKey.decode(vector.hex("backKey"));
        assertThat(ServerKey.sum(front, back)).isEqualTo(servers());
        assertThat(frontKey.publicPoint().encodeLong()).isEqualTo(part(front.encode(), 1, Point.LONG_BYTES));
        assertThat(backKey.publicPoint().encodeLong()).isEqualTo(part(back.encode(), 1, Point.LONG_BYTES));
        assertThat(front.encode()).isEqualTo(vector.hex("frontKey"));
        assertThat(ServerKey.sum(frontKey.publicKey(Role.FRONT), back)).isEqualTo(servers());
    }

    /** What was encrypted once is equal to what is encrypted now, if it is the same word of the same field for the same group, and to nothing else. */
    @Test
    void aStoredWordIsProvenAndStandsForItsWord() throws Exception {
        for (Json stored : vector.get("stored").list()) {
            EncryptedWord word = EncryptedWord.decode(stored.hex("encrypted"));
            assertThat(word.encode()).isEqualTo(stored.hex("encrypted"));
            assertThat(word.isProven(context(stored))).isTrue();
            Keyword same = new Keyword(stored.text("field"), stored.text("word"));
            assertThat(isEqual(word, same, group)).isTrue();
            assertThat(isEqual(word, same, new UUID(1, 2))).isFalse();
            assertThat(isEqual(word, new Keyword(stored.text("field"), "another"), group))
                    .isFalse();
            assertThat(isEqual(word, new Keyword("another", stored.text("word")), group))
                    .isFalse();
        }
    }

    private boolean isEqual(EncryptedWord word, Keyword guess, UUID of) throws GeneralSecurityException {
        EncryptedWord now = EncryptedWord.encrypt(guess, servers(), new Context(of, "anybody", group));
        return word.c2.minus(now.c2).equals(word.c1.minus(now.c1).times(frontKey.secret.plus(backKey.secret)));
    }

    @Test
    void aTrapdoorIsSignedAndProven() throws Exception {
        trapdoor().verify(authorities());
        assertThat(trapdoor().encode()).isEqualTo(vector.hex("trapdoor"));
        assertThat(trapdoor().context()).isEqualTo(new Context(group, vector.text("user"), id(vector.hex("search"))));
        Json searched = vector.get("searched");
        assertThat(isEqual(trapdoor().word(), new Keyword(searched.text("field"), searched.text("word")), group))
                .isTrue();
    }

    @Test
    void theBackFindsInTheBatchWhatIsEqual() throws Exception {
        byte[] batch = vector.hex("batch");
        assertThat(Batch.decode(batch).encode()).isEqualTo(batch);
        Set<UUID> asked = new HashSet<>();
        Back back = new Back(backKey, authorities(), (search, tests) -> tests == 2, asked::addAll);
        byte[] sealed = back.test(trapdoor(), batch);
        assertThat(asked).containsExactlyInAnyOrderElementsOf(ids());
        assertThat(results().open(sealed, Verdict.context(Verdict.OUTCOMES, trapdoor())))
                .isEqualTo(vector.hex("outcomes"));
    }

    @Test
    void theUserReadsTheVerdict() throws Exception {
        assertThat(Verdict.read(trapdoor(), results(), ids(), vector.hex("sealedOrder"), vector.hex("sealedOutcomes")))
                .containsExactly(id(vector.hex("match")));
    }

    /** The front draws its own order and blinding; with the stored words of the vector it leads to the same verdict. */
    @Test
    void theFrontOfTodayTestsTheWordsOfThen() throws Exception {
        List<Stored> words = new ArrayList<>();
        for (Json stored : vector.get("stored").list()) {
            words.add(new Stored(ids().get(words.size()), EncryptedWord.decode(stored.hex("encrypted"))));
        }
        Front front = new Front(frontKey, authorities(), (search, tests) -> tests == 2);
        Back back = new Back(backKey, authorities(), (search, tests) -> true, tested -> true);
        Front.Blinded blinded = front.blind(trapdoor(), words);
        byte[] outcomes = back.test(trapdoor(), blinded.forBack());
        assertThat(Verdict.read(trapdoor(), results(), ids(), blinded.forUser(), outcomes))
                .containsExactly(id(vector.hex("match")));
    }

    private PersonKey results() throws GeneralSecurityException {
        return PersonKey.decode(SecretBytes.copyOf(vector.hex("resultKey")));
    }

    private static byte[] part(byte[] encoded, int from, int length) {
        return java.util.Arrays.copyOfRange(encoded, from, from + length);
    }
}
