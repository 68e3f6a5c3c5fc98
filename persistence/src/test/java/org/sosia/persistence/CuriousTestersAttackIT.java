package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.persistence.TaggedReferrals.REALM;
import static org.sosia.persistence.TaggedReferrals.RECEIVER;
import static org.sosia.persistence.TaggedReferrals.SENDER;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.equality.EncryptedWord;
import org.sosia.crypto.equality.Trapdoor;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.CertificateAuthority;

/**
 * Each cloud alone, with everything in its store, its own secret, and every message that it received: it guesses words, counts how often things occur, copies tags to
 * where it can see what happens, asks again what it was asked, and asks in somebody's name. A goes around its own checks by reading its rows; the other cloud stands.
 */
class CuriousTestersAttackIT {

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final Keyword FLU = new Keyword("icd10", "J11");
    private static final Keyword COUGH = new Keyword("text", "cough");
    private static final List<Keyword> DICTIONARY = List.of(COUGH, FLU, new Keyword("icd10", "B20"));

    private TaggedReferrals referrals;

    @BeforeEach
    void prepare() throws Exception {
        referrals = new TaggedReferrals(STORES);
    }

    private static Point point(byte[] word, int at) throws GeneralSecurityException {
        return Point.decodeLong(Arrays.copyOfRange(word, at, at + Point.LONG_BYTES));
    }

    /** The exponent that a cloud derives from its own secret, as its operator can. */
    private static Exponent secret(javax.sql.DataSource store, String name) {
        byte[] stamp = HexFormat.of()
                .parseHex(Rows.of(store, "SELECT encode(body, 'hex') FROM stamp WHERE name = '" + name + "'")
                        .get(0));
        return Exponent.from(SecretBytes.copyOf(stamp).derive("sosia/v1/equality/server-key"));
    }

    // ------------------------------------------------------------------------------------------------------- guessing

    /** A tries every word of its dictionary on every stored tag and on every search, with its own secret. So would B, if it had the tags; here it is given them. */
    @Test
    void neitherCloudAloneRecognisesAWordOfItsDictionary() throws Exception {
        Tagging about = referrals.refer(FLU, COUGH);
        byte[] search = referrals.trapdoor(FLU).encode();
        int at = 1 + 16 + 2 + RECEIVER.length() + 16;
        List<byte[]> seen = new ArrayList<>();
        Rows.of(STORES.atA(), "SELECT encode(body, 'hex') FROM tag")
                .forEach(hex -> seen.add(HexFormat.of().parseHex(hex)));
        assertThat(seen).hasSize(2);
        seen.add(Arrays.copyOfRange(search, at, at + EncryptedWord.ENCODED_BYTES));
        Exponent front = secret(STORES.atA(), "tag front");
        Exponent back = secret(STORES.atB(), "tag back");
        int recognisedByBoth = 0;
        for (byte[] word : seen) {
            for (Keyword guess : DICTIONARY) {
                byte[] mine = EncryptedWord.encrypt(guess, referrals.servers, about.context(REALM))
                        .encode();
                Point d1 = point(word, 1).minus(point(mine, 1));
                Point d2 = point(word, 1 + Point.LONG_BYTES).minus(point(mine, 1 + Point.LONG_BYTES));
                assertThat(d1.times(front)).isNotEqualTo(d2);
                assertThat(d1.times(back)).isNotEqualTo(d2);
                recognisedByBoth += d1.times(front.plus(back)).equals(d2) ? 1 : 0;
            }
        }
        assertThat(recognisedByBoth)
                .as("the dictionary is right: both together recognise all")
                .isEqualTo(3);
    }

    /** Guessing online: a cloud makes trapdoors for words of its own. It has no key that the hospital certified, and the other one asks for a signature. */
    @Test
    void aCloudCannotAskInSomebodysName() throws Exception {
        var unused = referrals.refer(FLU);
        List<UUID> tags = TaggedReferrals.tags(referrals.newest());
        UUID group = Tagging.group(REALM, RECEIVER);
        var elsewhere = CertificateAuthority.generate("General Hospital").issue(RECEIVER);
        Trapdoor forged = Trapdoor.create(FLU, referrals.servers, group, elsewhere, referrals.results.publicKey());
        refusedByBoth(forged.encode(), tags);

        // One who may search, and searches somebody else's.
        var mallory = referrals.ca.issue("mallory");
        refusedByBoth(
                Trapdoor.create(FLU, referrals.servers, group, mallory, referrals.results.publicKey())
                        .encode(),
                tags);
        refusedByBoth(
                Trapdoor.create(
                                FLU,
                                referrals.servers,
                                Tagging.group(REALM, "mallory"),
                                mallory,
                                referrals.results.publicKey())
                        .encode(),
                tags);
        // Her own, for the other hospital's realm.
        refusedByBoth(
                Trapdoor.create(
                                FLU,
                                referrals.servers,
                                Tagging.group("2", RECEIVER),
                                referrals.receiver,
                                referrals.results.publicKey())
                        .encode(),
                tags);
    }

    /** A signed search whose word, or whose key for the result, is replaced. */
    @Test
    void aSignedSearchIsRefusedOnceItIsChanged() throws Exception {
        var unused = referrals.refer(FLU);
        List<UUID> tags = TaggedReferrals.tags(referrals.newest());
        byte[] good = referrals.trapdoor(FLU).encode();
        byte[] other = referrals.trapdoor(COUGH).encode();
        int word = 1 + 16 + 2 + RECEIVER.length() + 16;
        int key = word + EncryptedWord.ENCODED_BYTES + 4;
        byte[] swapped = good.clone();
        System.arraycopy(other, word, swapped, word, EncryptedWord.ENCODED_BYTES);
        byte[] redirected = good.clone();
        redirected[key + 3] ^= 1;
        for (byte[] bad : List.of(swapped, redirected, Arrays.copyOf(good, good.length - 1), new byte[0])) {
            refusedByBoth(bad, tags);
        }
        assertThat(STORES.original().blind(REALM, good, tags).forBack()).isNotEmpty();
    }

    /** Each cloud is asked directly, as if the other one had let it pass. */
    private void refusedByBoth(byte[] trapdoor, List<UUID> tags) throws GeneralSecurityException {
        byte[] batch = STORES.original()
                .blind(REALM, referrals.trapdoor(COUGH).encode(), tags)
                .forBack();
        assertThatThrownBy(() -> STORES.original().blind(REALM, trapdoor, tags))
                .isInstanceOf(WordsRefusedException.class);
        assertThatThrownBy(() -> STORES.duplicate().test(REALM, trapdoor, batch))
                .isInstanceOf(WordsRefusedException.class);
    }

    // --------------------------------------------------------------------------------------------------------- replay

    @Test
    void eachCloudAloneRefusesASearchThatItHasSeen() throws Exception {
        var unused = referrals.refer(FLU);
        List<UUID> tags = TaggedReferrals.tags(referrals.newest());
        byte[] trapdoor = referrals.trapdoor(FLU).encode();
        byte[] batch = STORES.original().blind(REALM, trapdoor, tags).forBack();
        assertThat(STORES.duplicate().test(REALM, trapdoor, batch)).isNotEmpty();

        assertThatThrownBy(() -> STORES.original().blind(REALM, trapdoor, tags))
                .isInstanceOf(WordsRefusedException.class);
        assertThatThrownBy(() -> STORES.duplicate().test(REALM, trapdoor, batch))
                .isInstanceOf(WordsRefusedException.class);
        // A other than the front's own copy of the same search is what an old backup of B would let pass: A still knows
        // it.
        STORES.tamper(STORES.atB(), "DELETE FROM probe");
        assertThatThrownBy(() -> STORES.original().blind(REALM, trapdoor, tags))
                .isInstanceOf(WordsRefusedException.class);
    }

    // ------------------------------------------------------------------------------------------------------ frequency

    /** Forty referrals with the same word: no tag is there twice, in whole or in part, and their bytes are uniform but for the points' first. */
    @Test
    void neitherCloudSeesWhichTagsAreAlike() {
        for (int i = 0; i < 20; i++) {
            var unused = referrals.refer(FLU, FLU);
        }
        List<String> atA = Rows.of(STORES.atA(), "SELECT encode(body, 'hex') FROM tag");
        assertThat(atA).hasSize(40);
        assertThat(new HashSet<>(atA)).hasSize(40);
        Set<String> halves = new HashSet<>();
        atA.forEach(tag -> halves.addAll(List.of(tag.substring(2, 132), tag.substring(132, 262))));
        assertThat(halves).hasSize(80);
        assertThat(Rows.of(STORES.atB(), "SELECT length(body)::text FROM tag")).containsOnly("32");
        for (List<String> stored : List.of(
                atA.stream().map(tag -> tag.substring(4, 68)).toList(),
                Rows.of(STORES.atB(), "SELECT encode(body, 'hex') FROM tag"))) {
            assertUniform(HexFormat.of().parseHex(String.join("", stored)));
        }
    }

    /** The same search again and again, for a word that is there and one that is not: what B receives repeats nothing and looks the same. */
    @Test
    void whatTheBackReceivesRepeatsNothing() throws Exception {
        var unused = referrals.refer(FLU);
        List<UUID> tags = TaggedReferrals.tags(referrals.newest());
        Set<String> pairs = new HashSet<>();
        StringBuilder coordinates = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            byte[] batch = STORES.original()
                    .blind(REALM, referrals.trapdoor(i % 2 == 0 ? FLU : COUGH).encode(), tags)
                    .forBack();
            String hex = HexFormat.of().formatHex(batch, 3 + 16, batch.length);
            pairs.add(hex.substring(0, 130));
            pairs.add(hex.substring(130));
            coordinates.append(hex, 2, 66);
        }
        assertThat(pairs).hasSize(120);
        assertUniform(HexFormat.of().parseHex(coordinates));
    }

    private static void assertUniform(byte[] bytes) {
        double expected = bytes.length / 256.0;
        int[] counts = new int[256];
        for (byte each : bytes) {
            counts[each & 0xff]++;
        }
        double chi = IntStream.of(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        // 255 degrees of freedom: more than 400 happens once in 10^8 runs.
        assertThat(chi).isBetween(130.0, 400.0);
    }

    /** What A sends and stores has one length, whatever matches; its store holds no trace of an outcome. */
    @Test
    void theFrontLearnsNoOutcome() throws Exception {
        var unused = referrals.refer(FLU, COUGH);
        List<UUID> tags = TaggedReferrals.tags(referrals.newest());
        List<BlindedTags> seen = new ArrayList<>();
        for (Keyword word : DICTIONARY) {
            seen.add(STORES.original().blind(REALM, referrals.trapdoor(word).encode(), tags));
        }
        assertThat(seen.stream().map(one -> one.forBack().length))
                .containsOnly(seen.get(0).forBack().length);
        assertThat(seen.stream().map(one -> one.forUser().length))
                .containsOnly(seen.get(0).forUser().length);
        assertThat(Rows.of(STORES.atA(), "SELECT DISTINCT (to_jsonb(probe) - 'id' - 'made_at')::text FROM probe"))
                .hasSize(1);
    }

    // -------------------------------------------------------------------------------------------------------- copying

    /** A copies a tag to a referral of its own, to a person of its own, or in its own name, to see there what is found. The other cloud asks for the proof. */
    @Test
    void aTagIsWorthlessElsewhere() {
        Tagging about = referrals.refer(FLU);
        byte[] word = HexFormat.of()
                .parseHex(Rows.of(STORES.atA(), "SELECT encode(body, 'hex') FROM tag")
                        .get(0));
        Instant now = Instant.now();
        for (Tagging elsewhere : List.of(
                new Tagging(UUID.randomUUID(), UUID.randomUUID(), SENDER, RECEIVER, now, about.expires()),
                new Tagging(UUID.randomUUID(), about.record(), SENDER, "mallory", now, about.expires()),
                new Tagging(UUID.randomUUID(), about.record(), "mallory", RECEIVER, now, about.expires()))) {
            refused(elsewhere, REALM, new SealedTag(UUID.randomUUID(), word));
        }
        refused(about, "2", new SealedTag(UUID.randomUUID(), word));
        // In its own place it was kept already.
        refused(about, REALM, new SealedTag(UUID.randomUUID(), word));
    }

    private static void refused(Tagging about, String realm, SealedTag tag) {
        assertThatThrownBy(() -> STORES.original().keepTags(TagRole.FRONT, realm, about, List.of(tag)))
                .isInstanceOf(WordsRefusedException.class);
        assertThatThrownBy(() -> STORES.duplicate().keepTags(TagRole.BACK, realm, about, List.of(tag)))
                .isInstanceOf(WordsRefusedException.class);
    }

    /** One bad tag, and none of the referral's is kept: points that are none, proofs of two words swapped, one byte short. */
    @Test
    void tagsThatAreNotProvenAreKeptByNeither() {
        Tagging about = TaggedReferrals.about(RECEIVER, Instant.now());
        List<SealedTag> good = referrals.sealed(about, FLU, COUGH);
        byte[] first = good.get(0).word();
        byte[] second = good.get(1).word();
        int proof = 1 + 2 * Point.LONG_BYTES;
        byte[] swapped = first.clone();
        System.arraycopy(second, proof, swapped, proof, second.length - proof);
        byte[] infinity = first.clone();
        Arrays.fill(infinity, 1, 1 + Point.LONG_BYTES, (byte) 0);
        byte[] offTheCurve = first.clone();
        offTheCurve[1 + Point.LONG_BYTES - 1] ^= 1;
        for (byte[] bad :
                List.of(swapped, infinity, offTheCurve, Arrays.copyOf(first, first.length - 1), new byte[0])) {
            SealedTag tag = new SealedTag(UUID.randomUUID(), bad);
            for (TagServer cloud : List.of(STORES.original(), STORES.duplicate())) {
                TagRole role = cloud == STORES.original() ? TagRole.FRONT : TagRole.BACK;
                assertThatThrownBy(() -> cloud.keepTags(role, REALM, about, List.of(good.get(1), tag)))
                        .isInstanceOf(WordsRefusedException.class);
            }
        }
        assertThat(Rows.of(STORES.atA(), "SELECT id::text FROM tag")).isEmpty();
        assertThat(Rows.of(STORES.atB(), "SELECT id::text FROM tag")).isEmpty();
        referrals.keep(about, good);
    }

    /** A puts a tag into its own table that B never saw, or asks B about a tag twice: for a word that it knows, the outcome would tell it the searched one. */
    @Test
    void theBackTestsOnlyWhatWasKeptThereForThisReceiver() throws Exception {
        Tagging about = referrals.refer(FLU);
        SealedTag planted = referrals.sealed(about, COUGH).get(0);
        STORES.original().keepTags(TagRole.FRONT, REALM, about, List.of(planted));
        List<UUID> tags = TaggedReferrals.tags(referrals.newest());
        assertThat(tags).hasSize(2);
        byte[] trapdoor = referrals.trapdoor(COUGH).encode();
        byte[] batch = STORES.original().blind(REALM, trapdoor, tags).forBack();
        assertThatThrownBy(() -> STORES.duplicate().test(REALM, trapdoor, batch))
                .isInstanceOf(WordsRefusedException.class);

        UUID known =
                tags.stream().filter(id -> !id.equals(planted.id())).findFirst().orElseThrow();
        byte[] again = referrals.trapdoor(COUGH).encode();
        assertThatThrownBy(() -> STORES.original().blind(REALM, again, List.of(known, known)))
                .isInstanceOf(WordsRefusedException.class);
    }

    /** Somebody else's tags, by their ids. */
    @Test
    void nobodySearchesWhatWasReferredToAnother() throws Exception {
        var unused = referrals.refer(FLU);
        List<UUID> hers = TaggedReferrals.tags(referrals.newest());
        var mallory = referrals.ca.issue("mallory");
        STORES.duplicate().keepTransformKey(REALM, "mallory", new byte[32], new byte[0]);
        byte[] trapdoor = Trapdoor.create(
                        FLU, referrals.servers, Tagging.group(REALM, "mallory"), mallory, referrals.results.publicKey())
                .encode();
        assertThat(STORES.original().tagged(REALM, "mallory", null, 10)).isEmpty();
        assertThat(STORES.duplicate().tagsAmong(REALM, "mallory", hers)).isEmpty();
        assertThatThrownBy(() -> STORES.original().blind(REALM, trapdoor, hers))
                .isInstanceOf(WordsRefusedException.class);
    }

    /** Whoever steals a database reads no word, and B's does not even have the tags. */
    @Test
    void aStolenDatabaseHoldsNoWord() {
        var unused = referrals.refer(FLU, COUGH);
        for (var store : List.of(STORES.atA(), STORES.atB())) {
            String stolen = String.join("\n", Rows.of(store, "SELECT tag::text FROM tag"));
            for (Keyword word : List.of(FLU, COUGH)) {
                assertThat(stolen)
                        .doesNotContainIgnoringCase(word.word())
                        .doesNotContain(HexFormat.of()
                                .formatHex(word.word().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            }
        }
    }
}
