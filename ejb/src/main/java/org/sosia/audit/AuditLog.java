package org.sosia.audit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Roles;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.paging.Page;
import org.sosia.persistence.AuditEntry;
import org.sosia.persistence.Cloud;

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

    private static final Pattern CURSOR = Pattern.compile("([ab])(\\d{1,18})");
    private static final int STRIDE = 500;

    @Inject
    Lanes lanes;

    /**
     * Lists the chain of store A, then that of store B, oldest first.
     *
     * @param after the cursor of the page before, or null; a cursor of another list reads as the beginning
     * @param limit the most to return, 1 to 200
     */
    @RolesAllowed({Roles.SECURITY_DESK, Roles.CLOUD_OPERATOR})
    public Page<AuditView> list(@Nullable String after, int limit) {
        Matcher cursor = CURSOR.matcher(after == null ? "" : after);
        boolean resumes = cursor.matches();
        String chain = resumes ? cursor.group(1) : "a";
        long seen = resumes ? Long.parseLong(cursor.group(2)) : 0;
        List<AuditView> found = new ArrayList<>();
        for (Map.Entry<String, Cloud> store : chains().entrySet()) {
            if (store.getKey().compareTo(chain) >= 0) {
                fill(found, store.getKey(), store.getValue(), store.getKey().equals(chain) ? seen : 0, limit + 1);
            }
        }
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        AuditView last = found.get(limit - 1);
        return new Page<>(List.copyOf(found.subList(0, limit)), last.chain() + last.sequence());
    }

    /** Reads every chain from its first entry and checks each hash and link. */
    @RolesAllowed({Roles.SECURITY_DESK, Roles.CLOUD_OPERATOR})
    public List<ChainVerdict> verify() {
        return chains().entrySet().stream()
                .map(chain -> ChainCheck.check(chain.getKey(), chain.getValue()))
                .toList();
    }

    private void fill(List<AuditView> found, String chain, Cloud store, long after, int wanted) {
        boolean showsAll = lanes.hospital().lane() == Lane.ORIGINAL;
        long from = after;
        while (found.size() < wanted) {
            List<AuditEntry> entries = store.auditEntries(from, STRIDE);
            for (AuditEntry entry : entries) {
                if (found.size() < wanted && (showsAll || !NOTICED.contains(entry.action()))) {
                    found.add(view(chain, entry));
                }
            }
            if (entries.size() < STRIDE) {
                return;
            }
            from = entries.get(entries.size() - 1).seq();
        }
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

    private static AuditView view(String chain, AuditEntry entry) {
        return new AuditView(
                chain,
                entry.seq(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.object(),
                HexFormat.of().formatHex(entry.hash()));
    }
}
