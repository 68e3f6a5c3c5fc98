package org.sosia.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.identity.Credentials;
import org.sosia.lane.TestHospital;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.sharing.Story;

class AuditLogTest {
    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials desk = hospital.proven("sam", "security-desk");

    @BeforeEach
    void somethingHappened() throws Exception {
        hospital.enrol("sam", "security-desk", Set.of());
        UUID record = story.record(story.owner);
        story.approve(story.owner, story.ask(story.doctor, record));
        story.open(story.doctor, record, PartialKey.random().revealText());
    }

    private AuditLog log(Credentials who) {
        return hospital.signIn(who).bean(AuditLog.class);
    }

    private List<AuditView> all(Credentials who, int limit) throws Exception {
        return all(who, "", null, limit);
    }

    private List<AuditView> all(Credentials who, String words, @Nullable String first, int limit) throws Exception {
        List<AuditView> found = new ArrayList<>();
        @Nullable String after = first;
        do {
            var page = log(who).search(words, after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.items());
            after = page.next();
        } while (after != null);
        return found;
    }

    @Test
    void bothChainsAreReadWholeAndNewestFirstHoweverTheyAreCut() throws Exception {
        List<AuditView> whole = all(desk, 200);

        assertThat(whole).extracting(AuditView::chain).contains("a", "b");
        assertThat(whole).extracting(AuditView::at).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(whole).extracting(AuditView::action).contains("REQUEST", "RELEASE", "NOTICE");
        for (int limit : new int[] {1, 3, 7}) {
            assertThat(all(desk, limit)).isEqualTo(whole);
        }
    }

    @Test
    void theListReadsTheOtherWayRoundAsWell() throws Exception {
        List<AuditView> backwards = all(desk, "", Page.OLDEST_FIRST, 3);

        assertThat(backwards).containsExactlyInAnyOrderElementsOf(all(desk, 200));
        assertThat(backwards).extracting(AuditView::at).isSorted();
    }

    @Test
    void wordsFindAccountActionAndObject() throws Exception {
        assertThat(all(desk, "release", null, 2))
                .isNotEmpty()
                .allMatch(entry -> entry.action().equals("RELEASE"));
        assertThat(all(desk, "nobody did this", null, 2)).isEmpty();
    }

    @Test
    void anotherListsCursorIsRefused() {
        for (String foreign : List.of("a", "12", "b12c", "2026-01-01T00:00:00Z_x", "oldest_", "a1b' OR 1=1")) {
            assertThatThrownBy(() -> log(desk).list(foreign, 10))
                    .as(foreign)
                    .isInstanceOfSatisfying(
                            InvalidValueException.class,
                            refused -> assertThat(refused.field()).isEqualTo("after"));
        }
    }

    @Test
    void whoOnlyClaimsToBeTheDeskLearnsNotThatSheWasSeen() throws Exception {
        List<AuditView> shown = all(hospital.low("sam", "security-desk"), 3);

        assertThat(shown).isNotEmpty().allMatch(entry -> entry.chain().equals("a"));
        assertThat(shown).extracting(AuditView::action).doesNotContain("NOTICE", "TRY", "RELEASE");
    }

    @Test
    void untouchedChainsHold() {
        List<ChainVerdict> verdicts = log(desk).verify();

        assertThat(verdicts).hasSize(2).allMatch(ChainVerdict::intact);
        assertThat(verdicts).extracting(ChainVerdict::entries).allMatch(entries -> entries > 0);
    }

    @Test
    void aChangedADroppedAndAMovedEntryAreNamed() {
        for (Tampering tampering : Tampering.values()) {
            List<org.sosia.persistence.AuditEntry> entries = new ArrayList<>(hospital.a.auditEntries(0, 100));
            tampering.on(entries);

            ChainVerdict verdict = ChainCheck.check("a", new ListedChain(entries).store());

            assertThat(verdict.intact()).as(tampering.name()).isFalse();
            assertThat(verdict.brokenAt()).as(tampering.name()).isEqualTo(3);
        }
    }

    private enum Tampering {
        CHANGED {
            @Override
            void on(List<org.sosia.persistence.AuditEntry> entries) {
                var entry = entries.get(2);
                entries.set(
                        2,
                        new org.sosia.persistence.AuditEntry(
                                entry.seq(),
                                entry.at(),
                                "somebody else",
                                entry.action(),
                                entry.object(),
                                entry.sealed(),
                                entry.previous(),
                                entry.hash()));
            }
        },
        DROPPED {
            @Override
            void on(List<org.sosia.persistence.AuditEntry> entries) {
                entries.remove(2);
            }
        },
        MOVED {
            @Override
            void on(List<org.sosia.persistence.AuditEntry> entries) {
                entries.add(3, entries.remove(2));
            }
        };

        abstract void on(List<org.sosia.persistence.AuditEntry> entries);
    }
}
