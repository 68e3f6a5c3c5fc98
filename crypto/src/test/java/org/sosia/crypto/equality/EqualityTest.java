package org.sosia.crypto.equality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.equality.Front.Stored;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSigningKey;

class EqualityTest {
    private static final Keyword FLU = new Keyword("icd10", "J11");
    private static final Keyword COUGH = new Keyword("icd10", "R05");

    private final CertificateAuthority ca = CertificateAuthority.generate("General Hospital");
    private final OwnerSigningKey grace = ca.issue("grace");
    private final PersonKey results = PersonKey.generate();
    private final TestKey frontKey = TestKey.from(SecretBytes.random(32));
    private final TestKey backKey = TestKey.from(SecretBytes.random(32));
    private final Point servers = frontKey.publicPoint().plus(backKey.publicPoint());
    private final UUID group = UUID.randomUUID();
    private final List<Stored> stored = new ArrayList<>();
    private final Map<String, Integer> left = new HashMap<>(Map.of("grace", 100));
    private final Front front = new Front(frontKey, Authorities.of(ca.certificate()), ledger());
    private final Back back = new Back(
            backKey,
            Authorities.of(ca.certificate()),
            ledger(),
            ids -> ids.stream().allMatch(this::isStored));

    /** Grants to one group, each search once, so many tests a day. */
    private Ledger ledger() {
        Set<UUID> seen = new HashSet<>();
        Map<String, Integer> quota = new HashMap<>(left);
        return (search, tests) -> search.group().equals(group)
                && quota.merge(search.author(), -tests, Integer::sum) >= 0
                && seen.add(search.item());
    }

    private boolean isStored(UUID id) {
        return stored.stream().anyMatch(word -> word.id().equals(id));
    }

    private void store(Keyword word) {
        var context = new Context(group, "ada", UUID.randomUUID());
        EncryptedWord encrypted = EncryptedWord.encrypt(word, servers, context);
        assertThat(encrypted.isProven(context)).isTrue();
        stored.add(new Stored(context.item(), encrypted));
    }

    private Trapdoor trapdoor(Keyword word) throws GeneralSecurityException {
        return Trapdoor.create(word, servers, group, grace, results.publicKey());
    }

    private Set<UUID> search(Trapdoor trapdoor) throws Exception {
        var blinded = front.blind(trapdoor, stored);
        byte[] outcomes = back.test(trapdoor, blinded.forBack());
        return Verdict.read(trapdoor, results, stored.stream().map(Stored::id).toList(), blinded.forUser(), outcomes);
    }

    @Test
    void theUserAndNobodyElseLearnsWhichWordsAreEqual() throws Exception {
        for (Keyword word : List.of(FLU, COUGH, FLU, COUGH, COUGH)) {
            store(word);
        }
        assertThat(search(trapdoor(FLU)))
                .containsExactlyInAnyOrder(stored.get(0).id(), stored.get(2).id());
        assertThat(search(trapdoor(new Keyword("text", "J11")))).isEmpty();
    }

    @Test
    void encodingsAreReadAsTheyWereWritten() throws Exception {
        store(FLU);
        byte[] word = stored.get(0).word().encode();
        assertThat(EncryptedWord.decode(word).encode()).isEqualTo(word);
        byte[] trapdoor = trapdoor(FLU).encode();
        assertThat(Trapdoor.decode(trapdoor).encode()).isEqualTo(trapdoor);
        for (int cut : new int[] {1, 40}) {
            assertThatThrownBy(() -> EncryptedWord.decode(Arrays.copyOf(word, word.length - cut)))
                    .isInstanceOf(GeneralSecurityException.class);
            assertThatThrownBy(() -> Trapdoor.decode(Arrays.copyOf(trapdoor, trapdoor.length - cut)))
                    .isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> Trapdoor.decode(Arrays.copyOf(trapdoor, trapdoor.length + 1)))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aWordIsWorthlessElsewhere() {
        var context = new Context(group, "ada", UUID.randomUUID());
        EncryptedWord word = EncryptedWord.encrypt(FLU, servers, context);
        assertThat(word.isProven(context)).isTrue();
        assertThat(word.isProven(new Context(group, "mallory", context.item()))).isFalse();
        assertThat(word.isProven(new Context(group, "ada", UUID.randomUUID()))).isFalse();
        assertThat(word.isProven(new Context(UUID.randomUUID(), "ada", context.item())))
                .isFalse();
    }

    @Test
    void eachServerAloneRefusesTheSameSearchTwice() throws Exception {
        store(FLU);
        Trapdoor trapdoor = trapdoor(FLU);
        byte[] batch = front.blind(trapdoor, stored).forBack();
        assertThat(back.test(trapdoor, batch)).isNotEmpty();
        assertThatThrownBy(() -> front.blind(trapdoor, stored)).isInstanceOf(SearchNotAdmittedException.class);
        assertThatThrownBy(() -> back.test(trapdoor, batch)).isInstanceOf(SearchNotAdmittedException.class);
    }

    @Test
    void testsAreCounted() throws Exception {
        for (int i = 0; i < 40; i++) {
            store(COUGH);
        }
        assertThat(search(trapdoor(FLU))).isEmpty();
        assertThat(search(trapdoor(FLU))).isEmpty();
        assertThatThrownBy(() -> search(trapdoor(FLU))).isInstanceOf(SearchNotAdmittedException.class);
    }

    /** Guessing online: a server, or an outsider, that makes trapdoors of its own is nobody whom the other server knows. */
    @Test
    void onlySignedTrapdoorsOfGrantedUsersAreTested() throws Exception {
        store(FLU);
        OwnerSigningKey foreign = CertificateAuthority.generate("Elsewhere").issue("grace");
        Trapdoor forged = Trapdoor.create(FLU, servers, group, foreign, results.publicKey());
        assertThatThrownBy(() -> front.blind(forged, stored)).isInstanceOf(GeneralSecurityException.class);
        Trapdoor ungranted = Trapdoor.create(FLU, servers, group, ca.issue("mallory"), results.publicKey());
        assertThatThrownBy(() -> front.blind(ungranted, stored)).isInstanceOf(Exception.class);
        byte[] good = trapdoor(FLU).encode();
        byte[] otherKey = good.clone();
        otherKey[1 + 16 + 2 + 5 + 16 + EncryptedWord.ENCODED_BYTES + 10] ^= 1;
        Trapdoor redirected = Trapdoor.decode(otherKey);
        assertThatThrownBy(() -> front.blind(redirected, stored)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void theBackTestsOnlyWordsThatWereDepositedThere() throws Exception {
        store(FLU);
        Trapdoor trapdoor = trapdoor(FLU);
        byte[] batch = front.blind(trapdoor, stored).forBack();
        stored.clear();
        assertThatThrownBy(() -> back.test(trapdoor, batch)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> back.test(trapdoor, Arrays.copyOf(batch, batch.length - 1)))
                .isInstanceOf(MalformedException.class);
    }

    /** What each server can compute alone from a stored word and every word of the dictionary. */
    @Test
    void neitherServerAloneRecognisesAWord() {
        var context = new Context(group, "ada", UUID.randomUUID());
        EncryptedWord word = EncryptedWord.encrypt(FLU, servers, context);
        for (Keyword guess : List.of(FLU, COUGH)) {
            EncryptedWord mine = EncryptedWord.encrypt(guess, servers, context);
            Point d1 = word.c1.minus(mine.c1);
            Point d2 = word.c2.minus(mine.c2);
            assertThat(d1.times(frontKey.secret)).isNotEqualTo(d2);
            assertThat(d1.times(backKey.secret)).isNotEqualTo(d2);
            Exponent both = frontKey.secret.plus(backKey.secret);
            assertThat(d1.times(both).equals(d2)).isEqualTo(guess.equals(FLU));
        }
    }

    /** The same word twice, tested twice: nothing that the back sees repeats, match or not. */
    @Test
    void theBackSeesNothingTwice() throws Exception {
        store(FLU);
        Set<Point> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            Batch batch = Batch.decode(front.blind(trapdoor(FLU), stored).forBack());
            assertThat(seen.add(batch.pairs.get(0).x1())).isTrue();
            assertThat(seen.add(batch.pairs.get(0).x2())).isTrue();
        }
    }
}
