package org.sosia.similar;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.persistence.GalleryEnd.End;
import org.sosia.persistence.Leave;

/**
 * Who may search what. The first cloud makes its list from the grants that it keeps; the second one's list, and the twin hospital's, follow
 * it, at the latest before the next search. So a grant that is taken back at the first cloud is searched no more from that moment.
 */
@ApplicationScoped
class Leaves {

    @Inject
    Lanes lanes;

    Clock clock = Clock.systemUTC();

    void followed(Hospital hospital, String who) {
        List<Leave> leading = hospital.searches().first().leaves(hospital.realm(), End.A, who, clock.instant());
        Set<Leave> following =
                new HashSet<>(hospital.searches().second().leaves(hospital.realm(), End.B, who, clock.instant()));
        if (following.equals(new HashSet<>(leading))) {
            return;
        }
        hospital.searches().second().copyLeaves(hospital.realm(), End.B, who, leading);
        if (hospital.lane() == Lane.ORIGINAL) {
            // In the twin hospital the same person may search the same: else a search would tell which hospital it is.
            Hospital twin = lanes.twin();
            twin.searches().first().copyLeaves(twin.realm(), End.A, who, leading);
        }
    }
}
