package org.sosia.indexing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.nearest.RowMask;
import org.sosia.imaging.GreyImage;
import org.sosia.imaging.Images;
import org.sosia.imaging.UnsupportedImageException;
import org.sosia.indexing.Sight.State;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Rounds;
import org.sosia.persistence.GalleryChange;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.StoreConflictException;
import org.sosia.records.ShelvedRecord;

/**
 * Puts records into the galleries of their hospital and takes them out. Everything may be done twice, and broken off anywhere: a row is
 * staged at both clouds, shown by the first, and then the second hears of it; what the second has not heard it hears later.
 */
@ApplicationScoped
public class Indexer {

    private static final Logger LOG = Logger.getLogger(Indexer.class.getName());

    private static final int CHANGES_AT_ONCE = 500;

    @Inject
    Galleries galleries;

    @Inject
    Rounds rounds;

    /**
     * Looks at a record and indexes it if it is an image.
     *
     * @return false if it is not ready yet
     */
    boolean index(Hospital hospital, UUID id) throws GeneralSecurityException, IntegrityException, IOException {
        Optional<SealedRecord> row = hospital.store().recordInAnyState(id);
        if (row.isEmpty() || row.get().state() == RecordState.DELETED) {
            return true;
        }
        if (row.get().state() != RecordState.READY) {
            return false;
        }
        ShelvedRecord record = ShelvedRecord.read(hospital.keys(), row.get());
        Sight sight = look(hospital, record);
        hospital.searches().first().keepSight(id, sight.seal(hospital.keys(), id));
        if (hospital.store().record(id).isEmpty()) {
            // Deleted while it was looked at, and the order to forget it may have come before.
            drop(hospital, id);
        }
        return true;
    }

    private Sight look(Hospital hospital, ShelvedRecord record)
            throws GeneralSecurityException, IntegrityException, IOException {
        if (!Images.isImage(record.facts().mediaType())) {
            return new Sight(State.NO_IMAGE, "");
        }
        try {
            GreyImage image = image(hospital, record);
            for (Gallery gallery : galleries.of(hospital)) {
                add(hospital, gallery, record, image);
            }
            return new Sight(State.INDEXED, "");
        } catch (UnsupportedImageException unsupported) {
            return new Sight(State.UNSUPPORTED, unsupported.reason());
        }
    }

    private GreyImage image(Hospital hospital, ShelvedRecord record)
            throws GeneralSecurityException, IntegrityException, IOException, UnsupportedImageException {
        UUID id = record.row().id();
        if (record.facts().size() > Images.MOST_BYTES) {
            throw new UnsupportedImageException("the file has more than " + (Images.MOST_BYTES >> 20) + " MiB");
        }
        hospital.store().audit(hospital.event(rounds.house(), "INDEX", id, Map.of()));
        SealedSource source = hospital.shelves().content(record);
        try (OpenedEnvelope envelope = record.header()
                        .openAsOwner(hospital.keys().collection(record.row().owner(), record.header()));
                InputStream clear = envelope.decrypting(source.read(0, source.length()))) {
            return Images.read(clear.readNBytes((int) record.facts().size()));
        }
    }

    private void add(Hospital hospital, Gallery gallery, ShelvedRecord record, GreyImage image) {
        UUID id = record.row().id();
        if (!gallery.first().shows(gallery.a(), id)) {
            int number = gallery.first().nextNumber(gallery.a());
            RowMask.Pair row =
                    gallery.dealer().mask(number).seal(gallery.extractor().vector(image));
            long version = row.a().version();
            String owner = record.row().owner();
            gallery.second()
                    .stage(
                            gallery.b(),
                            number,
                            version,
                            id,
                            owner,
                            new byte[0],
                            row.b().encode());
            gallery.first()
                    .stage(
                            gallery.a(),
                            number,
                            version,
                            id,
                            owner,
                            Note.of(id, record.facts()).seal(hospital.keys()),
                            row.a().encode());
            try {
                gallery.first().publish(gallery.a(), number, version, id);
            } catch (StoreConflictException somebodyElseDid) {
                LOG.log(Level.FINE, "record {0} was indexed meanwhile", id);
            }
        }
        catchUp(hospital, gallery);
    }

    /** Takes a record out of its hospital's galleries. */
    void drop(Hospital hospital, UUID id) throws GeneralSecurityException {
        for (Gallery gallery : galleries.of(hospital)) {
            gallery.first().withdraw(gallery.a(), id);
            catchUp(hospital, gallery);
        }
        hospital.searches().first().dropSight(id);
    }

    /** What became of a record when it was looked at; empty if it has not been. */
    public Optional<Sight> sight(Hospital hospital, UUID id) throws GeneralSecurityException {
        Optional<byte[]> sealed = hospital.searches().first().sight(id);
        return sealed.isEmpty() ? Optional.empty() : Optional.of(Sight.open(hospital.keys(), id, sealed.get()));
    }

    /** Tells the second cloud what the first one changed. */
    public void catchUp(Hospital hospital, Gallery gallery) {
        try {
            List<GalleryChange> news;
            do {
                long reached = gallery.second().epoch(gallery.b());
                news = gallery.first().changes(gallery.a(), reached, CHANGES_AT_ONCE);
                if (!news.isEmpty()) {
                    gallery.second().follow(gallery.b(), news);
                }
            } while (news.size() == CHANGES_AT_ONCE);
        } catch (StoreConflictException apart) {
            reconcile(hospital, gallery);
        }
    }

    /**
     * Brings the two ends together again after one of them lost or kept what the other did not, such as by a backup that was put back.
     * What only the second has is forgotten; what only the first has is taken away there and indexed again.
     */
    public void reconcile(Hospital hospital, Gallery gallery) {
        List<UUID> again = new ArrayList<>();
        for (GalleryChange row : aligned(gallery)) {
            Optional<UUID> record = gallery.first().recordOf(gallery.a(), row.number());
            if (record.isPresent()) {
                gallery.first().withdraw(gallery.a(), record.get());
                again.add(record.get());
            }
        }
        aligned(gallery);
        LOG.log(Level.WARNING, "{0}: the two clouds held different rows; {1} are made anew", new Object[] {
            gallery, again.size()
        });
        hospital.store()
                .audit(hospital.event(
                        rounds.house(),
                        "RECONCILE",
                        null,
                        Map.of("gallery", gallery.a().extractor(), "again", String.valueOf(again.size()))));
        again.forEach(record -> again(hospital, record));
    }

    private static List<GalleryChange> aligned(Gallery gallery) {
        long epoch = gallery.first().epoch(gallery.a());
        return gallery.second().align(gallery.b(), epoch, gallery.first().visible(gallery.a()));
    }

    private void again(Hospital hospital, UUID record) {
        try {
            index(hospital, record);
        } catch (GeneralSecurityException | IntegrityException | IOException unreadable) {
            LOG.log(Level.WARNING, "record " + record + " is not indexed again", unreadable);
        }
    }
}
