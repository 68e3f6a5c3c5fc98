package org.sosia.search;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.KeywordIndex;
import org.sosia.crypto.keywords.KeywordIndex.Found;
import org.sosia.crypto.keywords.NotGrantedException;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.paging.Page;
import org.sosia.paging.Sought;
import org.sosia.persistence.AccessRequest;
import org.sosia.persistence.RequestFilter;
import org.sosia.persistence.RequestState;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.search.SearchResult.Learned;
import org.sosia.words.Sessions;
import org.sosia.words.Words;

/**
 * Finds records by words: an owner her own; a doctor those to which a grant of hers is in force now. Both clouds look at their own rows whether she
 * may ask, and this door looks again at every record that was found.
 *
 * <p>The answer is whole or there is none: if a cloud does not answer, the search fails. In the twin hospital the same search runs over the twin's index.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Search {

    private static final Logger LOG = Logger.getLogger(Search.class.getName());

    /** More open approvals than one person ever has at a time. */
    private static final int MOST_REQUESTS = 500;

    private static final int MOST_SUGGESTIONS = 10;
    private static final int LONGEST_NAME = 80;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Sessions sessions;

    @Inject
    Words words;

    @Inject
    Retrieval retrieval;

    @Inject
    Drawers drawers;

    Clock clock = Clock.systemUTC();

    /**
     * Searches.
     *
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null for the first; a further page is a further search
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if there are no words, too many, or too long ones, or the cursor is none of this list's
     * @throws StoreUnavailableException if one of the clouds does not answer
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR})
    public SearchResult find(SearchQuery query, @Nullable String after, int limit) throws InvalidValueException {
        Set<Keyword> terms = words.sought(query.keywords());
        var unused = Page.place(after);
        Hospital hospital = lanes.hospital();
        Set<String> owners = owners(hospital);
        Credentials who = caller.credentials();
        hospital.store()
                .audit(hospital.event(
                        who, "SEARCH", null, Map.of("words", "" + terms.size(), "owners", "" + owners.size())));
        Hits hits = new Hits();
        for (String owner : owners) {
            look(hospital, owner, terms, query.all(), hits);
        }
        Page<RecordView> page = retrieval.among(hits.records, query.among(), after, limit);
        if (!page.items().isEmpty()) {
            remember(hospital, query.keywords());
        }
        Learned learned = new Learned(owners.size(), terms.size(), hits.entries, hits.missing);
        return new SearchResult(page.items(), page.next(), learned);
    }

    /** What the searches of one call brought together. */
    private static final class Hits {

        private final Set<UUID> records = new HashSet<>();
        private int entries;
        private int missing;
    }

    /** The caller's own index, and those of owners who granted her a record. */
    private Set<String> owners(Hospital hospital) {
        Credentials who = caller.credentials();
        Set<String> owners = new LinkedHashSet<>();
        if (who.has(Roles.DATA_OWNER)) {
            owners.add(who.subject());
        }
        if (who.has(Roles.DOCTOR)) {
            Instant now = clock.instant();
            hospital
                    .store()
                    .requests(new RequestFilter(null, who.subject(), null, RequestState.APPROVED, null, MOST_REQUESTS))
                    .stream()
                    .filter(request -> isInForce(request, now))
                    .map(AccessRequest::owner)
                    .forEach(owners::add);
        }
        return owners;
    }

    private static boolean isInForce(AccessRequest request, Instant now) {
        Instant expires = request.expiresAt();
        return expires != null && expires.isAfter(now);
    }

    private void look(Hospital hospital, String owner, Set<Keyword> terms, boolean all, Hits hits) {
        KeywordIndex index = sessions.of(hospital, owner, caller.subject());
        try {
            Found found = all ? index.all(terms) : index.any(terms);
            hits.records.addAll(found.records());
            hits.entries += found.records().size() + found.dead();
            hits.missing += found.missing();
            if (found.missing() > 0 || found.dead() > found.records().size()) {
                words.worn(hospital, owner, terms);
            }
        } catch (NotGrantedException revoked) {
            // Between our look and the clouds' own: as if there had been no grant.
            LOG.log(Level.FINE, "a cloud refused a search");
        } catch (GeneralSecurityException nonsense) {
            throw new StoreUnavailableException(nonsense);
        }
    }

    private void remember(Hospital hospital, List<String> typed) {
        List<String> used = typed.stream().map(String::strip).distinct().toList();
        var unused = drawers.change(hospital, caller.subject(), drawer -> drawer.using(used));
    }

    /**
     * Words with which the caller found something before, as she typed them, the latest first. From nobody else's words, and from no record that she did
     * not find.
     *
     * @param prefix what she has typed so far; capitals and accents make no difference
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR})
    public List<String> suggest(String prefix) {
        Sought sought = Sought.in(prefix);
        return drawers.of(lanes.hospital(), caller.subject()).words().stream()
                .filter(word -> sought.isEverything() || sought.isIn(word))
                .limit(MOST_SUGGESTIONS)
                .toList();
    }

    /** The searches that the caller keeps, in the order in which she saved them. */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR})
    public List<SavedSearch> saved() {
        return drawers.of(lanes.hospital(), caller.subject()).saved();
    }

    /**
     * Keeps a search. At most {@value Drawer#MOST_SAVED} of one person.
     *
     * @param name what she calls it, at most {@value #LONGEST_NAME} characters
     * @throws InvalidValueException if name or words cannot be taken, or there are too many searches already
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR})
    public SavedSearch save(String name, SearchQuery query) throws InvalidValueException {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new InvalidValueException("name", "must have 1 to 80 characters");
        }
        var unused = words.sought(query.keywords());
        SavedSearch search = new SavedSearch(UUID.randomUUID(), name.strip(), query);
        Drawer kept = drawers.change(
                lanes.hospital(),
                caller.subject(),
                drawer -> drawer.saved().size() < Drawer.MOST_SAVED ? drawer.with(search) : drawer);
        if (!kept.saved().contains(search)) {
            throw new InvalidValueException("name", "is one too many: 50 searches are kept");
        }
        return search;
    }

    /**
     * Forgets a search.
     *
     * @throws NoSuchSearchException if the caller keeps none of this id
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR})
    public void forget(UUID search) throws NoSuchSearchException {
        Hospital hospital = lanes.hospital();
        boolean kept = drawers.of(hospital, caller.subject()).saved().stream()
                .anyMatch(one -> one.id().equals(search));
        if (!kept) {
            throw new NoSuchSearchException();
        }
        var unused = drawers.change(hospital, caller.subject(), drawer -> drawer.without(search));
    }
}
