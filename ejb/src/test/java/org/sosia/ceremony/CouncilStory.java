package org.sosia.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.sosia.identity.Credentials;
import org.sosia.lane.TestHospital;

/** Key authorities who come together, step by step, each in a request of her own. */
public final class CouncilStory {
    public final TestHospital hospital;
    public final Map<String, String> seatKeys = new TreeMap<>();

    /** Three key authorities of this hospital: kim, kai and kay. */
    public CouncilStory(TestHospital hospital) {
        this.hospital = hospital;
        for (String authority : List.of("kim", "kai", "kay")) {
            hospital.enrol(authority, "key-authority", Set.of());
        }
    }

    public Credentials authority(String subject) {
        return hospital.proven(subject, "key-authority");
    }

    public Ceremonies as(String subject) {
        return hospital.signIn(authority(subject)).bean(Ceremonies.class);
    }

    /** Begins and takes every seat; where the hospital deals, shares can be received then. */
    public UUID seated(int threshold, String... members) throws Exception {
        UUID ceremony =
                as(members[0]).begin(threshold, List.of(members), List.of()).id();
        for (String member : members) {
            seatKeys.put(member, as(member).takeSeat(ceremony).revealSeatKey());
        }
        return ceremony;
    }

    /** A council of these members, the hospital's master key given away or the present council renewed. */
    public CeremonyView council(int threshold, String... members) throws Exception {
        Map<String, String> before = new TreeMap<>(seatKeys);
        UUID ceremony = seated(threshold, members);
        CeremonyView now = Objects.requireNonNull(as(members[0]).view().ceremony());
        for (CeremonyView.DealerView dealer : new ArrayList<>(now.dealers())) {
            if (now.state() == CeremonyState.DEALING) {
                as(dealer.subject()).deal(ceremony, Objects.requireNonNull(before.get(dealer.subject())));
            }
        }
        for (String member : members) {
            now = as(member).receive(ceremony, Objects.requireNonNull(seatKeys.get(member)));
        }
        return now;
    }
}
