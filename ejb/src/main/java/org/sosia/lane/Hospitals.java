package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.Keyring;
import org.sosia.keys.KeysDoNotFitException;
import org.sosia.persistence.DuplicateCloud;
import org.sosia.persistence.DuplicateGallery;
import org.sosia.persistence.OriginalCloud;
import org.sosia.persistence.OriginalGallery;

/**
 * Both hospitals. Only this package can name them.
 *
 * <p>Each is opened at its first use, when its store answers, so that one cloud's absence at start does not keep the other shut.
 */
@ApplicationScoped
class Hospitals {

    /** What the mediator calls the two: names that tell nothing. */
    private static final String REAL = "1";

    private static final String TWIN = "2";

    @Inject
    OriginalCloud cloudA;

    @Inject
    DuplicateCloud cloudB;

    @Inject
    OriginalGallery galleryA;

    @Inject
    DuplicateGallery galleryB;

    @Inject
    @ConfigProperty(name = "sosia.keys.dir")
    String keyDirectory;

    @Inject
    @ConfigProperty(name = "sosia.copies.dir")
    Optional<String> copyDirectory;

    Clock clock = Clock.systemUTC();

    private @Nullable Hospital real;
    private @Nullable Hospital twin;

    /** The real hospital's store. Asked for by a call: the fields of a bean are empty in the proxy that others hold. */
    OriginalCloud cloudA() {
        return cloudA;
    }

    DuplicateCloud cloudB() {
        return cloudB;
    }

    /** The real hospital: records at cloud A, second shares of split ones at cloud B, which mediates openings. */
    synchronized Hospital real() {
        Hospital known = real;
        if (known == null) {
            Keyring keys = keys("original.key", cloudA);
            // Neither cloud can make us forget the other's certificate without our noticing at the other.
            Witness keeper =
                    new Witness("original", cloudA::operators, cloudA::renewOperator, () -> twin().keys(), "peer");
            Witness mediates = mediator(REAL, keys, "peer");
            Searches searches = new Searches(galleryA, galleryB);
            known = new Hospital(
                    Lane.ORIGINAL,
                    cloudA,
                    cloudB,
                    cloudA,
                    cloudB,
                    cloudA,
                    cloudA,
                    cloudB,
                    searches,
                    new Testers(cloudA, cloudB),
                    REAL,
                    keys,
                    keeper,
                    mediates,
                    folder(REAL),
                    clock);
            real = known;
        }
        return known;
    }

    /** The twin hospital: all of it at cloud B. */
    synchronized Hospital twin() {
        Hospital known = twin;
        if (known == null) {
            Keyring keys = keys("duplicate.key", cloudB);
            Witness keeper =
                    new Witness("duplicate", cloudB::operators, cloudB::renewOperator, () -> keys, "host-keeper");
            Witness mediates = mediator(TWIN, keys, "host");
            Searches searches = new Searches(galleryB, galleryB);
            known = new Hospital(
                    Lane.DUPLICATE,
                    cloudB,
                    cloudB,
                    cloudB,
                    cloudB,
                    cloudB,
                    cloudB,
                    cloudB,
                    searches,
                    new Testers(cloudB, cloudB),
                    TWIN,
                    keys,
                    keeper,
                    mediates,
                    folder(TWIN),
                    clock);
            twin = known;
        }
        return known;
    }

    /**
     * Gives both clouds the certificates under which headers verify, so that they refuse forged ones.
     *
     * @throws KeysDoNotFitException if a root key does not open its store; nothing may start then
     */
    void introduce() throws KeysDoNotFitException, GeneralSecurityException {
        try {
            for (Hospital hospital : List.of(real(), twin())) {
                hospital.introduceAuthorities();
                hospital.keeper().history();
                hospital.mediates().history();
            }
        } catch (LockedException locked) {
            throw locked.why;
        }
    }

    private Witness mediator(String realm, Keyring keys, String memoryName) {
        return new Witness(
                "duplicate",
                () -> cloudB.operators(realm),
                known -> cloudB.renewOperator(realm, known),
                () -> keys,
                memoryName);
    }

    private Optional<Path> folder(String realm) {
        return copyDirectory.filter(name -> !name.isBlank()).map(name -> Path.of(name, realm));
    }

    private Keyring keys(String file, org.sosia.persistence.Cloud store) {
        try {
            return Keyring.unlock(Path.of(keyDirectory, file), store);
        } catch (KeysDoNotFitException locked) {
            throw new LockedException(locked);
        }
    }

    /** Carries the reason through callers that cannot do anything about it. */
    private static final class LockedException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        private final KeysDoNotFitException why;

        LockedException(KeysDoNotFitException why) {
            super(why.getMessage(), why);
            this.why = why;
        }
    }
}
