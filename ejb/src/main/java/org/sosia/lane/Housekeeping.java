package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.keys.KeysDoNotFitException;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.SealedRecord;

/** What keeps both stores in order, and says how they are. Hands out nothing that is in them. */
@ApplicationScoped
public class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class.getName());

    @Inject
    Hospitals hospitals;

    /**
     * Unlocks both hospitals and gives both clouds the certificates to check headers by.
     *
     * @throws KeysDoNotFitException if a root key does not open its store
     */
    public void unlock() throws KeysDoNotFitException, GeneralSecurityException {
        hospitals.introduce();
    }

    /** Takes back what stopped arriving before the given moment, in both stores. Says how much that was. */
    public int sweep(Instant olderThan) {
        int swept = sweep(hospitals.cloudA(), olderThan) + sweep(hospitals.cloudB(), olderThan);
        settlePieces(hospitals.cloudA(), olderThan);
        settlePieces(hospitals.cloudB(), olderThan);
        return swept;
    }

    /** Binds the shares whose record is there, or the copies they belong to, and drops the others. */
    private void settlePieces(Cloud cloud, Instant olderThan) {
        try {
            for (SealedRecord piece : cloud.loosePieces(olderThan)) {
                if (!hospitals.real().shelves().settle(piece)
                        && !hospitals.twin().shelves().settle(piece)
                        && !hospitals.real().copies().settle(cloud, piece)
                        && !hospitals.twin().copies().settle(cloud, piece)) {
                    LOG.log(Level.WARNING, "a share is nobody''s: {0}", piece.id());
                }
            }
        } catch (RuntimeException unreachable) {
            LOG.log(Level.FINE, "no share settled: a store does not answer", unreachable);
        }
    }

    private static int sweep(Cloud store, Instant olderThan) {
        int swept = 0;
        try {
            for (UUID record : store.staleUploads(olderThan)) {
                store.abandonRecord(record);
                swept++;
            }
        } catch (RuntimeException unreachable) {
            LOG.log(Level.FINE, "nothing swept: a store does not answer", unreachable);
        }
        return swept;
    }

    public boolean isOriginalStoreAlive() {
        return hospitals.cloudA().alive();
    }

    public boolean isDuplicateStoreAlive() {
        return hospitals.cloudB().alive();
    }

    /** How many orders wait for the maker of doubles. */
    public long waitingOrders() {
        return hospitals.cloudA().pendingTasks();
    }
}
