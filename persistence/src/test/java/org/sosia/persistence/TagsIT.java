package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.persistence.TaggedReferrals.REALM;
import static org.sosia.persistence.TaggedReferrals.RECEIVER;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.keywords.Keyword;

/** Words of referrals over two real stores: the front at cloud A, the back at cloud B, each by its own rows about what is in force. */
class TagsIT {

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final Keyword FLU = new Keyword("icd10", "J11");
    private static final Keyword COUGH = new Keyword("text", "cough");

    private TaggedReferrals referrals;

    @BeforeEach
    void prepare() throws Exception {
        referrals = new TaggedReferrals(STORES);
    }

    @Test
    void referralsAreFoundByTheirWords() throws Exception {
        Tagging first = referrals.refer(FLU, COUGH);
        Tagging second = referrals.refer(COUGH);

        assertThat(referrals.search(COUGH)).containsExactlyInAnyOrder(first.referral(), second.referral());
        assertThat(referrals.search(FLU)).containsExactly(first.referral());
        assertThat(referrals.search(new Keyword("text", "J11"))).isEmpty();
    }

    @Test
    void theNewestComeFirstAndPagesGoOnBehindThem() {
        Instant now = Instant.now();
        Tagging old = referrals.refer(now.minusSeconds(5), FLU);
        Tagging newer = referrals.refer(now, COUGH);
        List<Tagged> first = STORES.original().tagged(REALM, RECEIVER, null, 1);
        assertThat(first).extracting(Tagged::referral).containsExactly(newer.referral());
        Cursor behind = new Cursor(first.get(0).at(), first.get(0).referral());
        assertThat(STORES.original().tagged(REALM, RECEIVER, behind, 5))
                .extracting(Tagged::referral)
                .containsExactly(old.referral());
    }

    @Test
    void nothingIsTestedBeforeAReferralStands() throws Exception {
        Tagging about = TaggedReferrals.about(RECEIVER, Instant.now());
        List<SealedTag> tags = referrals.sealed(about, FLU);
        referrals.keep(about, tags);
        UUID tag = tags.get(0).id();

        assertThat(referrals.newest()).isEmpty();
        assertThat(STORES.duplicate().tagsAmong(REALM, RECEIVER, List.of(tag))).isEmpty();
        byte[] trapdoor = referrals.trapdoor(FLU).encode();
        assertThatThrownBy(() -> STORES.original().blind(REALM, trapdoor, List.of(tag)))
                .isInstanceOf(WordsRefusedException.class);
    }

    @Test
    void aReferralThatEndedIsTestedByNeither() throws Exception {
        Tagging about = referrals.refer(FLU);
        List<UUID> tags = TaggedReferrals.tags(referrals.newest());
        byte[] batch = STORES.original()
                .blind(REALM, referrals.trapdoor(FLU).encode(), tags)
                .forBack();
        STORES.tamper(STORES.atA(), "UPDATE half SET expires_at = now()");
        STORES.tamper(STORES.atB(), "UPDATE pad SET expires_at = now()");

        assertThat(referrals.newest()).isEmpty();
        assertThat(STORES.duplicate().tagsAmong(REALM, RECEIVER, tags)).isEmpty();
        byte[] trapdoor = referrals.trapdoor(FLU).encode();
        assertThatThrownBy(() -> STORES.original().blind(REALM, trapdoor, tags))
                .isInstanceOf(WordsRefusedException.class);
        assertThatThrownBy(() -> STORES.duplicate().test(REALM, trapdoor, batch))
                .isInstanceOf(WordsRefusedException.class);
        assertThat(about.expires()).isAfter(Instant.now());
    }

    @Test
    void whatIsTakenBackIsForgottenAtBothClouds() throws Exception {
        Tagging gone = referrals.refer(FLU);
        Tagging stays = referrals.refer(FLU);
        STORES.original().revoke(gone.referral(), new AuditEvent("olga", "REVOKE", gone.referral(), new byte[0]));
        STORES.duplicate().dropPad(REALM, gone.referral());

        assertThat(referrals.search(FLU)).containsExactly(stays.referral());
        String left = "SELECT string_agg(half_id::text, ' ') FROM tag";
        assertThat(Rows.of(STORES.atA(), left)).containsExactly(stays.referral().toString());
        assertThat(Rows.of(STORES.atB(), left)).containsExactly(stays.referral().toString());
    }

    @Test
    void whomTheBackIsToldToRefuseFindsNothing() throws Exception {
        var unused = referrals.refer(FLU);
        List<UUID> tags = TaggedReferrals.tags(referrals.newest());
        STORES.duplicate().revoke(REALM, RECEIVER);
        assertThat(STORES.duplicate().tagsAmong(REALM, RECEIVER, tags)).isEmpty();
        assertThatThrownBy(() -> referrals.search(FLU)).isInstanceOf(WordsRefusedException.class);
    }

    @Test
    void tagsOfWhatIsOverLeaveTheStores() {
        var unused = referrals.refer(FLU);
        STORES.tamper(STORES.atA(), "UPDATE tag SET expires_at = now() - interval '2 days'");
        Tagging fresh = referrals.refer(COUGH);
        assertThat(Rows.of(STORES.atA(), "SELECT DISTINCT half_id::text FROM tag"))
                .containsExactly(fresh.referral().toString());
    }

    /** Two referrals of ten tags are twenty tests a search. */
    @Test
    void eachCloudAloneCountsTests() throws Exception {
        Keyword[] ten = IntStream.range(0, 10)
                .mapToObj(i -> new Keyword("text", "word" + i))
                .toArray(Keyword[]::new);
        var first = referrals.refer(ten);
        var second = referrals.refer(ten);
        for (int search = 0; search < LocalCloud.TESTS_AN_HOUR / 20; search++) {
            assertThat(referrals.search(ten[3])).containsExactlyInAnyOrder(first.referral(), second.referral());
        }
        assertThatThrownBy(() -> referrals.search(FLU)).isInstanceOf(TestsUsedUpException.class);
        STORES.tamper(STORES.atA(), "UPDATE probe SET made_at = made_at - interval '1 hour'");
        assertThatThrownBy(() -> referrals.search(FLU)).isInstanceOf(TestsUsedUpException.class);
        STORES.tamper(STORES.atB(), "UPDATE probe SET made_at = made_at - interval '1 hour'");
        assertThat(referrals.search(FLU)).isEmpty();
    }

    /** Referrals come and go while the receiver searches: what stays is in every answer, and no answer is wrong. */
    @Test
    void changesWhileSomebodySearchesNeverGiveAWrongAnswer() throws Exception {
        Tagging lasting = referrals.refer(COUGH);
        var other = referrals.refer(FLU);
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 10; i++) {
                Tagging about = referrals.refer(FLU);
                STORES.original()
                        .revoke(about.referral(), new AuditEvent("olga", "REVOKE", about.referral(), new byte[0]));
                STORES.duplicate().dropPad(REALM, about.referral());
            }
        });
        List<Boolean> answered = new ArrayList<>();
        do {
            try {
                assertThat(referrals.search(COUGH)).containsExactly(lasting.referral());
                answered.add(true);
            } catch (WordsRefusedException takenBackMeanwhile) {
                answered.add(false);
            } catch (TestsUsedUpException enough) {
                STORES.tamper(STORES.atA(), "UPDATE probe SET made_at = made_at - interval '1 hour'");
                STORES.tamper(STORES.atB(), "UPDATE probe SET made_at = made_at - interval '1 hour'");
            }
        } while (!changes.isDone());
        changes.join();
        assertThat(referrals.search(FLU)).containsExactly(other.referral());
        assertThat(answered).isNotEmpty();
    }

    /** A first call that ends in a refusal takes a freshly made key with it; nobody may go on with that one. */
    @Test
    void aKeyThatWasMadeInARefusedCallIsNotGoneOnWith() throws Exception {
        String names = " WHERE name IN ('tag front', 'line')";
        List<String> kept = Rows.of(
                STORES.atA(),
                "SELECT format('INSERT INTO stamp (name, body) VALUES (%L, %L)', name, body) FROM stamp" + names);
        STORES.tamper(STORES.atA(), "DELETE FROM stamp" + names);
        try {
            OriginalCloud fresh = LocalCloud.original(STORES.atA()).cloud();
            byte[] trapdoor = referrals.trapdoor(FLU).encode();
            assertThatThrownBy(() -> fresh.blind(REALM, trapdoor, List.of(UUID.randomUUID())))
                    .isInstanceOf(WordsRefusedException.class);
            var nobody = new WordReader(REALM, "olga", "nobody");
            assertThatThrownBy(() -> fresh.findEntries(nobody, List.of(UUID.randomUUID())))
                    .isInstanceOf(WordsRefusedException.class);
            var owner = new WordReader(REALM, "olga", "olga");
            List<byte[]> point = List.of(referrals.servers.encode());
            byte[] half = fresh.evaluateForEntries(owner, point).get(0);
            byte[] key = fresh.testKey(TagRole.FRONT);

            OriginalCloud restarted = LocalCloud.original(STORES.atA()).cloud();
            assertThat(restarted.evaluateForEntries(owner, point).get(0)).isEqualTo(half);
            assertThat(head(restarted.testKey(TagRole.FRONT))).isEqualTo(head(key));
        } finally {
            // The cloud that other tests use remembers these.
            STORES.tamper(STORES.atA(), "DELETE FROM stamp" + names);
            kept.forEach(row -> STORES.tamper(STORES.atA(), row));
        }
    }

    /** Version and point; the proof behind them is made anew each time. */
    private static byte[] head(byte[] key) {
        return Arrays.copyOf(key, 66);
    }
}
