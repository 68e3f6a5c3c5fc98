package org.sosia.operations;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.keys.KeysDoNotFitException;
import org.sosia.lane.Housekeeping;
import org.sosia.persistence.Stores;

/**
 * Opens the hospital: waits for the stores, opens the keys, warms the ciphers up. A store that cannot be reached is tried again by
 * {@link Maintenance}; keys that do not fit stop the start, because nothing could ever be read.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Opening {

    private static final Logger LOG = Logger.getLogger(Opening.class.getName());

    @Inject
    Stores stores;

    @Inject
    Housekeeping housekeeping;

    private volatile boolean unlocked;
    private volatile boolean warm;

    @PostConstruct
    void open() {
        ChunkedEncryption.warmUp();
        warm = true;
        tryToUnlock();
    }

    /**
     * Opens the keys, unless that was done.
     *
     * @throws IllegalStateException if they do not fit the stores
     */
    @PermitAll
    public void tryToUnlock() {
        if (unlocked || !stores.prepared()) {
            return;
        }
        try {
            housekeeping.unlock();
            unlocked = true;
            LOG.log(Level.INFO, "both hospitals' keys are open");
        } catch (KeysDoNotFitException doNotFit) {
            LOG.log(Level.SEVERE, doNotFit.getMessage());
            throw new IllegalStateException(doNotFit.getMessage(), doNotFit);
        } catch (GeneralSecurityException tampered) {
            LOG.log(Level.SEVERE, "a sealed secret does not open", tampered);
            throw new IllegalStateException("a sealed secret does not open", tampered);
        } catch (RuntimeException unreachable) {
            LOG.log(Level.WARNING, "the keys wait: a store does not answer", unreachable);
        }
    }

    /** Whether the keys of both hospitals are open. */
    @PermitAll
    public boolean isUnlocked() {
        return unlocked;
    }

    /** Whether the ciphers have been warmed up. */
    @PermitAll
    public boolean isWarm() {
        return warm;
    }
}
