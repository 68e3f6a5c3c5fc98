package org.sosia.upload;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.decoy.DecoySpec;
import org.sosia.decoy.FileNames;
import org.sosia.forging.DoubleAhead;
import org.sosia.forging.DoubleOrder;
import org.sosia.forging.Doubles;
import org.sosia.identity.Caller;
import org.sosia.identity.Roles;
import org.sosia.imaging.Images;
import org.sosia.indexing.Indexing;
import org.sosia.indexing.Soon;
import org.sosia.keys.SignatureView;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedPatient;
import org.sosia.persistence.Task;
import org.sosia.records.RecordFacts;
import org.sosia.records.RecordSealer;
import org.sosia.recovery.Aside;
import org.sosia.recovery.Copying;
import org.sosia.refusal.InvalidValueException;
import org.sosia.words.Beside;
import org.sosia.words.Gathering;
import org.sosia.words.Words;

/**
 * Takes a record in.
 *
 * <p>The order of writing is the promise: content as it arrives, in a row that nobody sees; then header, metadata, audit entry and
 * the order for the double in one transaction; then the double; and only then the record becomes visible. What is acknowledged is
 * in the store for good. What is refused, at whatever byte, leaves nothing.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Upload {

    private static final Logger LOG = Logger.getLogger(Upload.class.getName());

    private static final int BUFFER_BYTES = 1 << 16;

    /** Below this a double takes no longer to make than the round trips of a record begun for nothing. */
    private static final long AHEAD_FROM_BYTES = 4L << 20;

    private static final int MOST_KEYWORDS = 32;
    private static final int LONGEST_KEYWORD = 64;
    private static final int LONGEST_NAME = 255;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Doubles doubles;

    @Inject
    Words words;

    @Inject
    Beside beside;

    @Inject
    Indexing indexing;

    @Inject
    Soon soon;

    @Inject
    Copying copying;

    @Inject
    Aside aside;

    @Inject
    Admission admission;

    @Inject
    @ConfigProperty(name = "sosia.upload.max-bytes", defaultValue = "8589934592")
    long maxBytes;

    @Inject
    @ConfigProperty(name = "sosia.locale", defaultValue = "en-GB")
    String locale;

    Clock clock = Clock.systemUTC();

    /**
     * Takes a record in whose length nobody tells beforehand.
     *
     * @see #upload(RecordMetadata, InputStream, String, String, long)
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public RecordReceipt upload(RecordMetadata metadata, InputStream file, String fileName, String declaredType)
            throws EmptyFileException, UnsupportedContentException, TooLargeException, UnknownPatientException,
                    PolicyRefusedException, UnheldAttributeException, InvalidValueException, InterruptedUploadException,
                    TooManyUploadsException {
        return upload(metadata, file, fileName, declaredType, -1);
    }

    /**
     * Takes a record in.
     *
     * @param metadata what its owner says about it
     * @param file its bytes; read to the end, not closed
     * @param fileName the name its sender has for it; may be empty
     * @param declaredType the media type its sender declares; may be empty
     * @param expectedBytes how long the file probably is, or -1; nothing but speed depends on it
     * @return the receipt; its state says whether readers see the record yet
     * @throws EmptyFileException if there are no bytes
     * @throws UnsupportedContentException if the content is not taken in, or is not what it is called
     * @throws TooLargeException if there are more bytes than are taken in
     * @throws UnknownPatientException if the caller has no such patient
     * @throws PolicyRefusedException if the policy cannot be understood
     * @throws UnheldAttributeException if nobody holds an attribute of the policy
     * @throws InvalidValueException if another field cannot be kept as it is
     * @throws InterruptedUploadException if the sender stopped before the end
     * @throws TooManyUploadsException if as many uploads are under way as are let in
     * @throws StoreUnavailableException if the store does not take it
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public RecordReceipt upload(
            RecordMetadata metadata, InputStream file, String fileName, String declaredType, long expectedBytes)
            throws EmptyFileException, UnsupportedContentException, TooLargeException, UnknownPatientException,
                    PolicyRefusedException, UnheldAttributeException, InvalidValueException, InterruptedUploadException,
                    TooManyUploadsException {
        admission.enter();
        try {
            return admitted(metadata, file, fileName, declaredType, expectedBytes);
        } finally {
            admission.leave();
        }
    }

    private RecordReceipt admitted(
            RecordMetadata metadata, InputStream file, String fileName, String declaredType, long expectedBytes)
            throws EmptyFileException, UnsupportedContentException, TooLargeException, UnknownPatientException,
                    PolicyRefusedException, UnheldAttributeException, InvalidValueException,
                    InterruptedUploadException {
        check(metadata, fileName);
        AccessPolicy policy = PolicyText.read(metadata.policy());
        Hospital hospital = lanes.hospitalForIntake();
        requireOwnPatient(hospital, metadata.patient());
        PolicyText.requireHeld(hospital, policy);
        byte[] head = head(file);
        Inspector inspector = Sniffer.inspector(head, fileName, declaredType);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), file);
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Arrival arrival = new Arrival(id, metadata, policy, fileName, now);
        try (DoubleAhead ahead = ahead(hospital, arrival, inspector.expected(head), expectedBytes)) {
            return store(hospital, arrival, whole, inspector, ahead);
        } catch (Intake.SenderGoneException gone) {
            LOG.log(Level.INFO, "the sender of record {0} stopped; nothing is kept", id);
            throw new InterruptedUploadException();
        } catch (Intake.OverLimitException tooLarge) {
            throw new TooLargeException(maxBytes);
        } catch (IOException | GeneralSecurityException failed) {
            LOG.log(Level.WARNING, "record " + id + " was not stored", failed);
            throw new StoreUnavailableException(failed);
        }
    }

    private static void check(RecordMetadata metadata, String fileName) throws InvalidValueException {
        List<String> keywords = metadata.keywords();
        if (keywords.size() > MOST_KEYWORDS
                || keywords.stream().anyMatch(word -> word.isBlank() || word.length() > LONGEST_KEYWORD)) {
            throw new InvalidValueException("keywords", "must be at most 32 words of 1 to 64 characters");
        }
        if (fileName.length() > LONGEST_NAME) {
            throw new InvalidValueException("fileName", "must have at most 255 characters");
        }
    }

    private void requireOwnPatient(Hospital hospital, UUID patient) throws UnknownPatientException {
        boolean own = hospital.store()
                .patient(patient)
                .map(SealedPatient::owner)
                .filter(caller.subject()::equals)
                .isPresent();
        if (!own) {
            throw new UnknownPatientException();
        }
    }

    private static byte[] head(InputStream file) throws EmptyFileException, InterruptedUploadException {
        try {
            byte[] head = file.readNBytes(Sniffer.HEAD_BYTES);
            if (head.length == 0) {
                throw new EmptyFileException();
            }
            return head;
        } catch (IOException gone) {
            throw new InterruptedUploadException();
        }
    }

    /** What is known of a record when its content begins to arrive. */
    private record Arrival(UUID id, RecordMetadata metadata, AccessPolicy policy, String fileName, Instant at) {

        LocalDate day() {
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }
    }

    /** Begins the double, if it can be told which it will be, and if that is worth it. */
    private DoubleAhead ahead(
            Hospital hospital, Arrival arrival, Optional<Inspector.Finding> expected, long expectedBytes) {
        boolean large = expectedBytes >= AHEAD_FROM_BYTES && expectedBytes <= Math.min(maxBytes, DecoySpec.MAX_BYTES);
        return hospital.lane() == Lane.ORIGINAL && large && expected.isPresent()
                ? doubles.ahead(order(arrival, expected.get(), expectedBytes))
                : doubles.nothingAhead();
    }

    private RecordReceipt store(
            Hospital hospital, Arrival arrival, InputStream file, Inspector inspector, DoubleAhead ahead)
            throws IOException, GeneralSecurityException, UnsupportedContentException {
        UUID id = arrival.id();
        RecordMetadata metadata = arrival.metadata();
        try (RecordSealer sealer = RecordSealer.begin(
                hospital.shelves(),
                id,
                metadata.patient(),
                caller.subject(),
                metadata.sensitivity(),
                arrival.policy(),
                arrival.at())) {
            Gathering beginning = new Gathering();
            Inspector.Finding finding = arrive(file, sealer, beginning, inspector, ahead);
            String systemName = FileNames.of(metadata.kind(), arrival.day(), id, finding.mediaType());
            RecordFacts facts = new RecordFacts(
                    metadata.patient(),
                    metadata.kind(),
                    metadata.sensitivity(),
                    finding.mediaType(),
                    finding.variant(),
                    systemName,
                    arrival.fileName(),
                    arrival.day(),
                    metadata.keywords(),
                    false);
            boolean real = hospital.lane() == Lane.ORIGINAL;
            Task found =
                    words.toIndex(hospital, id, caller.subject(), finding.mediaType(), metadata.keywords(), beginning);
            List<Task> orders = new ArrayList<>();
            if (real) {
                orders.add(doubles.forRecord(order(arrival, finding, sealer.size())));
            }
            orders.add(found);
            Optional<Task> look = real && Images.isImage(finding.mediaType())
                    ? Optional.of(indexing.forRecord(id))
                    : Optional.empty();
            look.ifPresent(orders::add);
            Optional<Task> copy = copying.toMake(hospital, id, metadata.sensitivity());
            copy.ifPresent(orders::add);
            RecordSealer.Sealed sealed = sealer.finish(
                    facts,
                    real ? RecordState.SEALED : RecordState.READY,
                    hospital.event(caller.credentials(), "SEAL", id, Map.of()),
                    orders);
            boolean ready = !real || doubles.now(orders.get(0), ahead);
            if (ready) {
                beside.carryOut(hospital, found);
            }
            look.ifPresent(task -> soon.carryOut(task.id()));
            aside.carryOut(hospital, copy);
            if (!real && Images.isImage(finding.mediaType())) {
                soon.lookInTwin(id);
            }
            return receipt(hospital, id, sealed.facts(), ready);
        } catch (Intake.SenderGoneException | Intake.OverLimitException | UnsupportedContentException refused) {
            throw refused;
        } catch (RuntimeException storeFailed) {
            throw new StoreUnavailableException(storeFailed);
        }
    }

    private Inspector.Finding arrive(
            InputStream file, RecordSealer sealer, Gathering beginning, Inspector inspector, DoubleAhead ahead)
            throws IOException, UnsupportedContentException {
        Intake intake = new Intake(file, beginning.beside(sealer.content()), ahead::keepUpWith, maxBytes);
        InputStream buffered = new BufferedInputStream(intake, BUFFER_BYTES);
        try {
            Inspector.Finding finding = inspector.inspect(buffered);
            buffered.transferTo(OutputStream.nullOutputStream());
            intake.throwWhatFailed();
            return finding;
        } catch (UnsupportedContentException refused) {
            // A parser that was cut off says "truncated", but it was the sender who stopped.
            intake.throwWhatFailed();
            throw refused;
        }
    }

    private DoubleOrder order(Arrival arrival, Inspector.Finding finding, long size) {
        RecordMetadata metadata = arrival.metadata();
        DecoySpec spec = new DecoySpec(
                arrival.id(),
                RecordSealer.VERSION,
                metadata.patient(),
                metadata.kind(),
                finding.mediaType(),
                finding.variant(),
                size,
                arrival.day(),
                Locale.forLanguageTag(locale));
        return new DoubleOrder(spec, caller.subject(), arrival.policy(), metadata.sensitivity(), arrival.at());
    }

    private RecordReceipt receipt(Hospital hospital, UUID id, RecordFacts facts, boolean ready)
            throws GeneralSecurityException {
        String owner = caller.subject();
        return new RecordReceipt(
                id,
                (ready ? RecordState.READY : RecordState.SEALED).name(),
                facts.digest(),
                facts.size(),
                facts.mediaType(),
                facts.fileName(),
                SignatureView.valid(owner, hospital.keys().signingKey(owner).certificate()));
    }
}
