package org.sosia.similar;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.crypto.nearest.Question;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.Roles;
import org.sosia.imaging.Extractor;
import org.sosia.imaging.Extractors;
import org.sosia.imaging.GreyImage;
import org.sosia.imaging.Images;
import org.sosia.imaging.UnsupportedImageException;
import org.sosia.indexing.Galleries;
import org.sosia.indexing.Gallery;
import org.sosia.indexing.Indexer;
import org.sosia.indexing.Note;
import org.sosia.indexing.Sight;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Containment;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.GalleryRow;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.ProofRequiredException;
import org.sosia.retrieval.RangeNotSatisfiableException;
import org.sosia.retrieval.RecordContent;
import org.sosia.retrieval.Retrieval;

/**
 * Finds the most similar among the images that a doctor may search, exactly, without either cloud learning an image, the query, a distance
 * or a result. In the twin hospital the same runs over the twin's images.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Similarity {

    private static final String SEALED =
            "Both clouds saw who searched, when, the size of the index, how many results were"
                    + " wanted and among which rows; no image, no distance and no result.";

    private static final String PRUNED =
            "Besides who searched, when, among which rows and how many results were wanted, both"
                    + " clouds saw which images are near the query: their owners allow the pruned mode.";

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Containment containment;

    @Inject
    Galleries galleries;

    @Inject
    Indexer indexer;

    @Inject
    Leaves leaves;

    @Inject
    Inquiry inquiry;

    @Inject
    Decoding decoding;

    @Inject
    Retrieval retrieval;

    Clock clock = Clock.systemUTC();

    /**
     * Finds the images most similar to one that the caller brings. It is not kept.
     *
     * @param image DICOM, PNG or JPEG
     * @throws UnsupportedImageException if it cannot be read
     * @throws InvalidValueException if the wish cannot be met
     * @throws SearchNotGrantedException if the pruned mode is wanted and not allowed
     * @throws TooManySearchesException if the caller searched too often
     * @throws SearchUnavailableException if there is no result now
     */
    @RolesAllowed(Roles.DOCTOR)
    public SimilarImages nearest(InputStream image, Wish wish)
            throws UnsupportedImageException, InvalidValueException, SearchNotGrantedException,
                    TooManySearchesException, SearchUnavailableException, IntegrityException, IOException {
        Extractor extractor = checked(wish);
        return nearest(decoding.of(image), extractor, wish);
    }

    /**
     * Finds the images most similar to a record's. The record is opened as {@link Retrieval#open} opens it: whoever would be given its
     * double searches with that.
     *
     * @param record the record
     * @param partialKey the partial key, or null
     * @see #nearest(InputStream, Wish)
     */
    @RolesAllowed(Roles.DOCTOR)
    public SimilarImages nearestTo(UUID record, @Nullable String partialKey, Wish wish)
            throws UnsupportedImageException, InvalidValueException, SearchNotGrantedException,
                    TooManySearchesException, SearchUnavailableException, NoSuchRecordException, TypingErrorException,
                    ProofRequiredException, IntegrityException, IOException {
        Extractor extractor = checked(wish);
        try (InputStream body = opened(record, partialKey)) {
            return nearest(decoding.of(body), extractor, wish);
        }
    }

    private InputStream opened(UUID record, @Nullable String partialKey)
            throws UnsupportedImageException, NoSuchRecordException, TypingErrorException, ProofRequiredException,
                    IntegrityException, IOException {
        try {
            RecordContent content = retrieval.open(record, partialKey, null);
            if (!Images.isImage(content.mediaType())) {
                content.body().close();
                throw new UnsupportedImageException("the record is no image but " + content.mediaType());
            }
            return content.body();
        } catch (RangeNotSatisfiableException never) {
            throw new IllegalStateException(never);
        }
    }

    private static Extractor checked(Wish wish) throws InvalidValueException {
        if (wish.k() < 1 || wish.k() > Wish.MOST) {
            throw new InvalidValueException("k", "must be 1 to " + Wish.MOST);
        }
        String wanted = wish.extractor();
        return wanted == null || wanted.isEmpty()
                ? Extractors.GREY_28
                : Extractors.of(wanted)
                        .orElseThrow(() -> new InvalidValueException(
                                "extractor",
                                "must be one of "
                                        + String.join(
                                                ", ",
                                                Extractors.ALL.stream()
                                                        .map(Extractor::id)
                                                        .toList())));
    }

    private SimilarImages nearest(GreyImage image, Extractor extractor, Wish wish)
            throws SearchNotGrantedException, TooManySearchesException, SearchUnavailableException, IntegrityException {
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        try {
            Gallery gallery = galleries.of(hospital, extractor);
            leaves.followed(hospital, who.subject());
            List<GalleryRow> rows = searchable(hospital, gallery, who);
            long refused = rows.stream().filter(row -> !row.pruned()).count();
            if (wish.pruned() && refused > 0) {
                throw new SearchNotGrantedException((int) refused, rows.size());
            }
            hospital.store()
                    .audit(hospital.event(
                            who,
                            "SEARCH",
                            null,
                            Map.of(
                                    "gallery", gallery.a().extractor(),
                                    "rows", String.valueOf(rows.size()),
                                    "k", String.valueOf(wish.k()),
                                    "mode", mode(wish),
                                    "disclosed", Disclosure.of(wish.pruned()))));
            Inquiry.Finding found = inquiry.ask(
                    hospital,
                    gallery,
                    who.subject(),
                    () -> searchable(hospital, gallery, who),
                    extractor.vector(image),
                    wish.k(),
                    wish.pruned());
            Question.Result result = found.result();
            if (wish.pruned()) {
                hospital.store()
                        .audit(hospital.event(
                                who,
                                "PRUNED",
                                null,
                                Map.of(
                                        "kept", String.valueOf(result.kept()),
                                        "searched", String.valueOf(result.searched()))));
            }
            return new SimilarImages(
                    items(hospital, found.rows(), result),
                    result.searched(),
                    result.kept(),
                    extractor.id(),
                    extractor.columns() * extractor.rows(),
                    mode(wish),
                    wish.pruned() ? PRUNED : SEALED);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static String mode(Wish wish) {
        return wish.pruned() ? "pruned" : "sealed";
    }

    private List<GalleryRow> searchable(Hospital hospital, Gallery gallery, Credentials who) {
        return gallery.first().searchable(gallery.a(), who.subject(), clock.instant()).stream()
                .filter(row -> hospital.lane() == Lane.ORIGINAL || !containment.hides(who.subject(), row.record()))
                .toList();
    }

    private static List<SimilarImage> items(Hospital hospital, List<GalleryRow> rows, Question.Result result)
            throws GeneralSecurityException {
        Map<Integer, GalleryRow> byNumber = new HashMap<>();
        rows.forEach(row -> byNumber.put(row.number(), row));
        List<SimilarImage> items = new ArrayList<>();
        for (Question.Neighbour neighbour : result.neighbours()) {
            GalleryRow row = byNumber.get(neighbour.row());
            if (row == null) {
                throw new GeneralSecurityException("the servers found what was not searched");
            }
            Note note = Note.open(hospital.keys(), row.record(), row.note());
            OptionalInt distance = neighbour.squaredDistance();
            items.add(new SimilarImage(
                    items.size() + 1,
                    note.record(),
                    note.fileName(),
                    note.kind(),
                    note.mediaType(),
                    distance.isPresent() ? distance.getAsInt() : null));
        }
        return items;
    }

    /**
     * What became of a record that arrived: whether it is found by searches, and if not, why.
     *
     * @throws NoSuchRecordException if there is no such record, or the caller may not know of it
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR})
    public Sight sight(UUID record) throws NoSuchRecordException, IntegrityException {
        if (!Images.isImage(retrieval.get(record).mediaType())) {
            return new Sight(Sight.State.NO_IMAGE, "");
        }
        try {
            Optional<Sight> seen = indexer.sight(lanes.hospital(), record);
            return seen.orElse(new Sight(Sight.State.WAITING, ""));
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }
}
