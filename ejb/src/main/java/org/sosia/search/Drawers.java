package org.sosia.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.sosia.lane.Hospital;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.persistence.Desk;
import org.sosia.persistence.StoreConflictException;

/** Opens persons' drawers, and closes them again. */
@ApplicationScoped
class Drawers {

    private static final String KIND = "desk";
    private static final int MOST_ATTEMPTS = 8;

    Drawer of(Hospital hospital, String subject) {
        return hospital.store()
                .desk(subject)
                .map(desk -> opened(hospital, desk))
                .orElse(Drawer.EMPTY);
    }

    /** Of two changes at the same time both count. */
    Drawer change(Hospital hospital, String subject, UnaryOperator<Drawer> change) {
        for (int attempt = 1; ; attempt++) {
            Optional<Desk> kept = hospital.store().desk(subject);
            Drawer before = kept.map(desk -> opened(hospital, desk)).orElse(Drawer.EMPTY);
            Drawer after = change.apply(before);
            if (after.equals(before)) {
                return after;
            }
            long revision = kept.map(Desk::revision).orElse(0L) + 1;
            byte[] sealed = hospital.keys().sealFields(KIND, place(hospital, subject), (int) revision, after.fields());
            try {
                hospital.store().keepDesk(new Desk(subject, revision, sealed));
                return after;
            } catch (StoreConflictException faster) {
                if (attempt == MOST_ATTEMPTS) {
                    throw faster;
                }
            }
        }
    }

    private static Drawer opened(Hospital hospital, Desk desk) {
        try {
            return Drawer.of(hospital.keys()
                    .openFields(KIND, place(hospital, desk.subject()), (int) desk.revision(), desk.sealed()));
        } catch (GeneralSecurityException tampered) {
            throw new StoreUnavailableException(tampered);
        }
    }

    private static UUID place(Hospital hospital, String subject) {
        BigInteger handle = new BigInteger(hospital.keys().handle(KIND, subject), 16);
        return new UUID(handle.shiftRight(Long.SIZE).longValue(), handle.longValue());
    }
}
