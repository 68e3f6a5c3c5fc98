package org.sosia.crypto.equality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.equality.Front.Stored;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.crypto.testing.StrictReading;

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
        // Nor does the back take the front's word for it.
        byte[] batch = front.blind(trapdoor(FLU), stored).forBack();
        for (Trapdoor bad : List.of(forged, redirected)) {
            assertThatThrownBy(() -> back.test(bad, batch)).isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> back.test(ungranted, batch)).isInstanceOf(SearchNotAdmittedException.class);
    }

    /** Where a match is says which word it was, so the front's order must be secret: of 64 words it is kept by an accident of 1 in 64!. */
    @Test
    void theBackDoesNotLearnWhichWordItTests() throws Exception {
        for (int i = 0; i < 64; i++) {
            store(i % 2 == 0 ? FLU : COUGH);
        }
        Trapdoor trapdoor = trapdoor(FLU);
        var blinded = front.blind(trapdoor, stored);
        byte[] outcomes =
                results.open(back.test(trapdoor, blinded.forBack()), Verdict.context(Verdict.OUTCOMES, trapdoor));

        byte[] inOrder = new byte[64];
        for (int i = 0; i < 64; i += 2) {
            inOrder[i] = 1;
        }
        assertThat(outcomes).hasSize(64).isNotEqualTo(inOrder);
        ByteReader order = new ByteReader(results.open(blinded.forUser(), Verdict.context(Verdict.ORDER, trapdoor)));
        Set<Integer> tested = new HashSet<>();
        for (byte outcome : outcomes) {
            int word = order.u16();
            assertThat(outcome).isEqualTo(inOrder[word]);
            tested.add(word);
        }
        assertThat(tested).hasSize(64);
    }

    @Test
    void aBatchHasALimitAndIsReadStrictly() throws Exception {
        store(FLU);
        Stored one = stored.get(0);
        Front tireless = new Front(frontKey, Authorities.of(ca.certificate()), (search, tests) -> true);
        byte[] most =
                tireless.blind(trapdoor(FLU), Collections.nCopies(1_024, one)).forBack();
        assertThat(Batch.decode(most).pairs).hasSize(1_024);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tireless.blind(trapdoor(FLU), Collections.nCopies(1_025, one)));

        byte[] batch = tireless.blind(trapdoor(FLU), stored).forBack();
        assertThat(Batch.decode(batch).encode()).isEqualTo(batch);
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(batch, Batch::decode);
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(one.word().encode(), EncryptedWord::decode);
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(trapdoor(FLU).encode(), Trapdoor::decode);
    }

    /** Either server may send the user what it likes. */
    @Test
    void answersThatDoNotFitEachOtherAreRefused() throws Exception {
        store(FLU);
        store(COUGH);
        Trapdoor trapdoor = trapdoor(FLU);
        List<UUID> ids = stored.stream().map(Stored::id).toList();
        byte[] right = sealed(trapdoor, Verdict.OUTCOMES, 1, 0);
        assertThat(Verdict.read(trapdoor, results, ids, sealed(trapdoor, Verdict.ORDER, 0, 1, 0, 0), right))
                .containsExactly(ids.get(1));
        for (int[] order : new int[][] {{0, 0, 0, 0}, {0, 1, 0, 2}, {0, 1}, {0, 1, 0}, {0, 1, 0, 0, 0}, {}}) {
            byte[] wrong = sealed(trapdoor, Verdict.ORDER, order);
            assertThatThrownBy(() -> Verdict.read(trapdoor, results, ids, wrong, right))
                    .isInstanceOf(MalformedException.class);
        }
        byte[] order = sealed(trapdoor, Verdict.ORDER, 0, 1, 0, 0);
        for (int[] outcomes : new int[][] {{1}, {1, 0, 0}, {}}) {
            byte[] wrong = sealed(trapdoor, Verdict.OUTCOMES, outcomes);
            assertThatThrownBy(() -> Verdict.read(trapdoor, results, ids, order, wrong))
                    .isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> Verdict.read(trapdoor, results, ids, right, order))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private byte[] sealed(Trapdoor trapdoor, String label, int... bytes) throws GeneralSecurityException {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        return Delivery.seal(results.publicKey(), Verdict.context(label, trapdoor), message);
    }

    @Test
    void anAuthorHasABoundedName() {
        assertThat(new Context(group, "a".repeat(256), group).author()).hasSize(256);
        assertThatIllegalArgumentException().isThrownBy(() -> new Context(group, "a".repeat(257), group));
        assertThatIllegalArgumentException().isThrownBy(() -> new Context(group, "\u00e4".repeat(129), group));
        assertThat(frontKey).hasToString("TestKey[secret]");
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
