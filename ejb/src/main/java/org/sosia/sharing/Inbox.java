package org.sosia.sharing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.equality.Trapdoor;
import org.sosia.crypto.equality.Verdict;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.paging.Page;
import org.sosia.persistence.AccessRequest;
import org.sosia.persistence.BlindedTags;
import org.sosia.persistence.Cursor;
import org.sosia.persistence.TagServer;
import org.sosia.persistence.Tagged;
import org.sosia.persistence.Tagging;
import org.sosia.persistence.TestsUsedUpException;
import org.sosia.persistence.WordsRefusedException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.words.Words;

/**
 * Finds among what was referred to the caller, by the words that its senders gave along (docs/SEARCH.md, section 4). Both clouds test each tag of the newest
 * referrals, at most {@value #MOST_REFERRALS} in one search; each checks the caller's signature and its own rows. Only she can read what they answer.
 *
 * <p>The answer is whole or there is none. In the twin hospital the same search runs over the twin's referrals.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Inbox {

    /** The tags of as many fit one batch. */
    static final int MOST_REFERRALS = 1024 / TagServer.MOST_TAGS;

    /** Each costs a batch. */
    static final int MOST_WORDS = 4;

    private static final int PAGE = 200;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Words words;

    Clock clock = Clock.systemUTC();

    /**
     * Searches.
     *
     * @param keywords words and codes as they are typed, which come to at most {@value #MOST_WORDS}
     * @param all whether a referral must have all of them, or any
     * @param after the cursor of the search before, to search among older ones; or null
     * @throws InvalidValueException if there are no words, too many, or too long ones, or the cursor is none of this list's
     * @throws TooManyTestsException if a cloud tests no more in this hour
     * @throws StoreUnavailableException if one of the clouds does not answer, or something was taken back meanwhile
     */
    @RolesAllowed(Roles.DOCTOR)
    public InboxResult find(List<String> keywords, boolean all, @Nullable String after)
            throws InvalidValueException, TooManyTestsException, IntegrityException {
        Set<Keyword> sought = words.sought(keywords);
        if (sought.size() > MOST_WORDS) {
            throw new InvalidValueException("keywords", "must be 1 to " + MOST_WORDS + " words");
        }
        Cursor from = place(after);
        Hospital hospital = lanes.hospital();
        String receiver = caller.subject();
        List<Tagged> newest = hospital.testers().front().tagged(hospital.realm(), receiver, from, MOST_REFERRALS + 1);
        boolean cut = newest.size() > MOST_REFERRALS;
        List<Tagged> page = cut ? newest.subList(0, MOST_REFERRALS) : newest;
        List<Tagged> tested = knownToBoth(hospital, receiver, page);
        int tests = sought.size() * tags(tested).size();
        hospital.store()
                .audit(hospital.event(
                        caller.credentials(),
                        "SEARCH",
                        null,
                        Map.of("words", "" + sought.size(), "referrals", "" + tested.size())));
        Set<UUID> matching = matching(hospital, sought, all, tested);
        Tagged last = cut ? page.get(MOST_REFERRALS - 1) : null;
        return new InboxResult(
                views(hospital, matching),
                cut,
                last == null ? null : new Cursor(last.at(), last.referral()).toText(),
                new InboxResult.Tested(tested.size(), sought.size(), tests));
    }

    private static @Nullable Cursor place(@Nullable String after) throws InvalidValueException {
        Cursor place = Page.place(after);
        if (place != null && place.oldestFirst()) {
            throw Page.foreignCursor();
        }
        return place;
    }

    private static List<UUID> tags(List<Tagged> referrals) {
        return referrals.stream().flatMap(one -> one.tags().stream()).toList();
    }

    /** What one cloud has dropped already, or not yet heard of, is not tested. */
    private static List<Tagged> knownToBoth(Hospital hospital, String receiver, List<Tagged> referrals) {
        if (referrals.isEmpty()) {
            return referrals;
        }
        Set<UUID> known = hospital.testers().back().tagsAmong(hospital.realm(), receiver, tags(referrals));
        return referrals.stream().filter(one -> known.containsAll(one.tags())).toList();
    }

    /** Each word is tested against all, so that what one leads to does not show in what is asked for the next. */
    private Set<UUID> matching(Hospital hospital, Set<Keyword> sought, boolean all, List<Tagged> tested)
            throws TooManyTestsException, IntegrityException {
        Set<UUID> matching = new HashSet<>();
        if (tested.isEmpty()) {
            return matching;
        }
        boolean first = true;
        for (Keyword word : sought) {
            Set<UUID> equal = equal(hospital, word, tags(tested));
            Set<UUID> referrals = tested.stream()
                    .filter(one -> one.tags().stream().anyMatch(equal::contains))
                    .map(Tagged::referral)
                    .collect(Collectors.toSet());
            if (first || !all) {
                matching.addAll(referrals);
            } else {
                matching.retainAll(referrals);
            }
            first = false;
        }
        return matching;
    }

    private Set<UUID> equal(Hospital hospital, Keyword word, List<UUID> tags)
            throws TooManyTestsException, IntegrityException {
        String receiver = caller.subject();
        String realm = hospital.realm();
        try {
            PersonKey own = Sharing.personKey(hospital, receiver);
            Trapdoor trapdoor = Trapdoor.create(
                    word,
                    hospital.testers().servers(),
                    Tagging.group(realm, receiver),
                    hospital.keys().signingKey(receiver),
                    own.publicKey());
            byte[] signed = trapdoor.encode();
            BlindedTags blinded = hospital.testers().front().blind(realm, signed, tags);
            byte[] outcomes = hospital.testers().back().test(realm, signed, blinded.forBack());
            return Verdict.read(trapdoor, own, tags, blinded.forUser(), outcomes);
        } catch (TestsUsedUpException usedUp) {
            throw new TooManyTestsException();
        } catch (WordsRefusedException | NoPersonKeyException takenBackMeanwhile) {
            throw new StoreUnavailableException(takenBackMeanwhile);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private List<RequestView> views(Hospital hospital, Set<UUID> referrals)
            throws InvalidValueException, IntegrityException {
        Credentials who = caller.credentials();
        Instant now = clock.instant();
        RequestLists lists = new RequestLists(hospital, who, now);
        List<RequestView> views = new ArrayList<>();
        @Nullable Cursor from = null;
        while (views.size() < referrals.size()) {
            Page<AccessRequest> page = lists.page(RequestState.APPROVED, from, PAGE);
            for (AccessRequest row : page.items()) {
                if (row.requester().equals(who.subject()) && referrals.contains(row.grant())) {
                    views.add(Sharing.view(hospital, row, who, now));
                }
            }
            from = Page.place(page.next());
            if (from == null) {
                break;
            }
        }
        return views;
    }
}
