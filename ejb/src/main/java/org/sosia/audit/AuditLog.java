package org.sosia.audit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Roles;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.paging.Page;
import org.sosia.paging.Sought;
import org.sosia.persistence.Cloud;
import org.sosia.refusal.InvalidValueException;

/**
 * Shows who did what, and whether the chains still say so unaltered.
 *
 * <p>Whoever looks without every proof finds the twin hospital's chain only, and in it nothing of what was noticed about anybody.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class AuditLog {
    /** What would tell an intruder that somebody watches. */
    private static final Set<String> NOTICED = Set.of("NOTICE", "TRY", "DECEIVE", "ACKNOWLEDGE");

    /** Entries that one request reads at the most when it looks for words. */
    private static final int MOST_READ = 10_000;

    @Inject
    Lanes lanes;

    /**
     * Lists the entries of every chain, newest first.
     *
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed({Roles.SECURITY_DESK, Roles.CLOUD_OPERATOR})
    public Page<AuditView> list(@Nullable String after, int limit) throws InvalidValueException {
        return search("", after, limit);
    }

    /**
     * Lists those of the same entries whose account, action or object has these words. A request reads {@value #MOST_READ} entries at
     * the most; then the page ends, perhaps short or empty, with the cursor to go on from.
     *
     * @param words parts of them between blanks; none lists every entry
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed({Roles.SECURITY_DESK, Roles.CLOUD_OPERATOR})
    public Page<AuditView> search(String words, @Nullable String after, int limit) throws InvalidValueException {
        ChainReaders readers = ChainReaders.from(after, chains());
        Sought sought = Sought.in(words);
        boolean showsAll = lanes.hospital().lane() == Lane.ORIGINAL;
        List<AuditView> found = new ArrayList<>();
        String behind = readers.place();
        for (int read = 0; read < MOST_READ; read++) {
            Optional<AuditView> entry = readers.next();
            if (entry.isEmpty()) {
                return new Page<>(found, null);
            }
            if ((showsAll || !NOTICED.contains(entry.get().action())) && sought.isIn(described(entry.get()))) {
                // Only what may be shown tells that there is more: an entry left out leaves no trace.
                if (found.size() == limit) {
                    return new Page<>(found, behind);
                }
                found.add(entry.get());
                behind = readers.place();
            }
        }
        return new Page<>(found, found.size() == limit ? behind : readers.place());
    }

    private static String described(AuditView entry) {
        return entry.actor() + '\n' + entry.action() + '\n' + entry.object();
    }

    /** Reads every chain from its first entry and checks each hash and link. */
    @RolesAllowed({Roles.SECURITY_DESK, Roles.CLOUD_OPERATOR})
    public List<ChainVerdict> verify() {
        return chains().entrySet().stream()
                .map(chain -> ChainCheck.check(chain.getKey(), chain.getValue()))
                .toList();
    }

    private Map<String, Cloud> chains() {
        Hospital hospital = lanes.hospital();
        Map<String, Cloud> chains = new LinkedHashMap<>();
        chains.put("a", hospital.store());
        if (hospital.lane() == Lane.ORIGINAL) {
            chains.put("b", lanes.twin().store());
        }
        return chains;
    }
}
