package org.sosia.patients;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import jakarta.json.Json;
import jakarta.json.JsonObject;
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
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.forging.Doubles;
import org.sosia.forging.PatientOrder;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.indexing.Indexing;
import org.sosia.indexing.Soon;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Containment;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.paging.Page;
import org.sosia.paging.Sought;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Cursor;
import org.sosia.persistence.PatientFilter;
import org.sosia.persistence.PatientState;
import org.sosia.persistence.RecordFilter;
import org.sosia.persistence.SealedPatient;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Task;
import org.sosia.records.PatientFile;
import org.sosia.recovery.Aside;
import org.sosia.recovery.Copying;
import org.sosia.refusal.InvalidValueException;
import org.sosia.words.Words;

/**
 * Takes patients in, shows their files to those who may see them, changes and deletes them.
 *
 * <p>A data owner sees the patients she registered, a doctor those of the whole hospital, a patient himself. What does not exist
 * and what is not the caller's look the same.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Patients {

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Doubles doubles;

    @Inject
    Words words;

    @Inject
    Indexing indexing;

    @Inject
    Soon soon;

    @Inject
    Copying copying;

    @Inject
    Aside aside;

    @Inject
    Containment containment;

    @Inject
    @ConfigProperty(name = "sosia.locale", defaultValue = "en-GB")
    String locale;

    Clock clock = Clock.systemUTC();

    /**
     * Registers a patient of the caller's.
     *
     * @return the patient's id
     * @throws InvalidValueException if a field cannot be kept as it is
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public UUID register(PatientDetails details) throws InvalidValueException {
        Hospital hospital = lanes.hospitalForIntake();
        Instant now = now();
        details.check(LocalDate.ofInstant(now, ZoneOffset.UTC));
        UUID id = UUID.randomUUID();
        try {
            if (hospital.lane() == Lane.ORIGINAL) {
                Task order = doubles.forPatient(
                        new PatientOrder(id, caller.subject(), details.account(), now, Locale.forLanguageTag(locale)));
                save(hospital, id, PatientState.PENDING, 1, now, now, details.fields(), "REGISTER", List.of(order));
                doubles.now(order);
            } else {
                save(hospital, id, PatientState.READY, 1, now, now, details.fields(), "REGISTER", List.of());
            }
            link(hospital, id, details.account());
        } catch (GeneralSecurityException keysDoNotOpen) {
            throw new StoreUnavailableException(keysDoNotOpen);
        }
        return id;
    }

    /**
     * Shows a patient's file.
     *
     * @throws NoSuchPatientException if there is no such patient, or not for the caller
     * @throws IntegrityException if the file is not what its owner signed
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR, Roles.PATIENT})
    public PatientView get(UUID id) throws NoSuchPatientException, IntegrityException {
        Hospital hospital = lanes.hospital();
        return view(PatientFile.read(hospital.keys(), visible(hospital, id)));
    }

    /**
     * Lists the patients whom the caller may see, newest first.
     *
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null for the first
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     * @throws IntegrityException if a file is not what its owner signed
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR, Roles.PATIENT})
    public Page<PatientView> list(@Nullable String after, int limit) throws InvalidValueException, IntegrityException {
        return search("", after, limit);
    }

    /**
     * Lists those of the same patients in whose names these words are. Names are sealed: files are opened one after the other to look,
     * and after {@value Sought#MOST_OPENED} the page ends, perhaps short or empty, with the cursor to go on from.
     *
     * @param words parts of the name between blanks; none lists everybody
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null for the first
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     * @throws IntegrityException if a file is not what its owner signed
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR, Roles.PATIENT})
    public Page<PatientView> search(String words, @Nullable String after, int limit)
            throws InvalidValueException, IntegrityException {
        Cursor place = Page.place(after);
        Sought sought = Sought.in(words);
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        if (!who.has(Roles.DOCTOR) && !who.has(Roles.DATA_OWNER)) {
            return themselves(hospital);
        }
        int most = Math.max(1, Math.min(limit, Page.MOST));
        int stride = sought.isEverything() ? most + 1 : Page.MOST;
        String owner = who.has(Roles.DOCTOR) ? null : who.subject();
        List<PatientView> views = new ArrayList<>();
        for (int opened = 0; opened < Sought.MOST_OPENED; opened += stride) {
            List<SealedPatient> rows = hospital.store().patients(new PatientFilter(owner, place, stride));
            for (SealedPatient row : rows) {
                if (views.size() == most) {
                    return new Page<>(views, place == null ? null : place.toText());
                }
                place = Cursor.following(place, row.createdAt(), row.id());
                if (!isHidden(hospital, row.id())) {
                    PatientView view = view(PatientFile.read(hospital.keys(), row));
                    if (sought.isIn(view.details().name())) {
                        views.add(view);
                    }
                }
            }
            if (rows.size() < stride) {
                return new Page<>(views, null);
            }
        }
        return new Page<>(views, place == null ? null : place.toText());
    }

    private Page<PatientView> themselves(Hospital hospital) throws IntegrityException {
        List<PatientView> views = new ArrayList<>();
        for (UUID id : linked(hospital)) {
            Optional<SealedPatient> row =
                    hospital.store().patient(id).filter(patient -> patient.state() == PatientState.READY);
            if (row.isPresent() && !isHidden(hospital, id)) {
                views.add(view(PatientFile.read(hospital.keys(), row.get())));
            }
        }
        return new Page<>(views, null);
    }

    /**
     * Replaces what a patient's file says.
     *
     * @throws NoSuchPatientException if the caller has no such patient
     * @throws InvalidValueException if a field cannot be kept as it is
     * @throws IntegrityException if the file is not what its owner signed: it is not signed over
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public void update(UUID id, PatientDetails details)
            throws NoSuchPatientException, InvalidValueException, IntegrityException {
        Hospital hospital = lanes.hospital();
        details.check(LocalDate.ofInstant(now(), ZoneOffset.UTC));
        PatientFile known = PatientFile.read(hospital.keys(), owned(hospital, id));
        SealedPatient row = known.row();
        JsonObject fields = known.fields().containsKey("counterpart")
                ? Json.createObjectBuilder(details.fields())
                        .add("counterpart", true)
                        .build()
                : details.fields();
        try {
            save(hospital, id, row.state(), row.version() + 1, row.createdAt(), now(), fields, "CHANGE", List.of());
            link(hospital, id, details.account());
        } catch (GeneralSecurityException keysDoNotOpen) {
            throw new StoreUnavailableException(keysDoNotOpen);
        }
    }

    /**
     * Deletes a patient with every record about them, for good: here first, in the twin hospital after that.
     *
     * @throws NoSuchPatientException if the caller has no such patient
     * @throws IntegrityException if the file is not what its owner signed
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public void delete(UUID id) throws NoSuchPatientException, IntegrityException {
        Hospital hospital = lanes.hospital();
        SealedPatient row = owned(hospital, id);
        if (hospital.lane() == Lane.ORIGINAL) {
            deleteForGood(hospital, id);
        } else if (PatientFile.read(hospital.keys(), row).fields().containsKey("counterpart")) {
            containment.hide(caller.subject(), id);
        } else {
            hospital.store().deletePatient(id, event(hospital, "DELETE", id), List.of());
        }
    }

    private void deleteForGood(Hospital hospital, UUID id) {
        List<SealedRecord> records;
        do {
            records = hospital.store().records(new RecordFilter(id, null, null, Page.MOST));
            for (SealedRecord record : records) {
                Task order =
                        doubles.withoutRecord(record.id(), hospital.shelves().piece(record));
                Task forgotten = words.toForget(hospital, record.id(), record.owner());
                Task unseen = indexing.withoutRecord(record.id());
                Optional<Task> uncopied = copying.toDrop(hospital, record.id());
                List<Task> orders = new ArrayList<>(List.of(order, forgotten, unseen));
                uncopied.ifPresent(orders::add);
                hospital.store().deleteRecord(record.id(), event(hospital, "DELETE", record.id()), orders);
                doubles.now(order);
                words.now(hospital, forgotten);
                soon.carryOut(unseen.id());
                aside.carryOut(hospital, uncopied);
            }
        } while (!records.isEmpty());
        Task order = doubles.withoutPatient(id);
        hospital.store().deletePatient(id, event(hospital, "DELETE", id), List.of(order));
        doubles.now(order);
    }

    private void save(
            Hospital hospital,
            UUID id,
            PatientState state,
            int version,
            Instant createdAt,
            Instant now,
            JsonObject fields,
            String action,
            List<Task> orders)
            throws GeneralSecurityException {
        SealedPatient sealed =
                PatientFile.seal(hospital.keys(), id, caller.subject(), state, version, createdAt, now, fields);
        hospital.store().savePatient(sealed, event(hospital, action, id), orders);
    }

    /** The patient's account, if it is one of this hospital's patients', stands for the patient from now on. */
    private void link(Hospital hospital, UUID id, @Nullable String account) throws GeneralSecurityException {
        if (account == null) {
            return;
        }
        Optional<RegisteredPerson> person = hospital.persons().find(account);
        if (person.isPresent()
                && person.get().roles().contains(Roles.PATIENT)
                && !person.get().patients().contains(id)) {
            hospital.persons().link(account, id, event(hospital, "LINK", id));
        }
    }

    private SealedPatient visible(Hospital hospital, UUID id) throws NoSuchPatientException {
        SealedPatient row = hospital.store().patient(id).orElseThrow(NoSuchPatientException::new);
        Credentials who = caller.credentials();
        boolean theirOwn = who.has(Roles.DATA_OWNER) && row.owner().equals(who.subject());
        boolean listed = row.state() == PatientState.READY
                && (who.has(Roles.DOCTOR)
                        || (who.has(Roles.PATIENT) && linked(hospital).contains(id)));
        if ((!theirOwn && !listed) || isHidden(hospital, id)) {
            throw new NoSuchPatientException();
        }
        return row;
    }

    private SealedPatient owned(Hospital hospital, UUID id) throws NoSuchPatientException {
        SealedPatient row = visible(hospital, id);
        if (!row.owner().equals(caller.subject())) {
            throw new NoSuchPatientException();
        }
        return row;
    }

    private Set<UUID> linked(Hospital hospital) {
        try {
            return hospital.persons()
                    .find(caller.subject())
                    .map(RegisteredPerson::patients)
                    .orElse(Set.of());
        } catch (GeneralSecurityException tampered) {
            throw new StoreUnavailableException(tampered);
        }
    }

    private boolean isHidden(Hospital hospital, UUID id) {
        return hospital.lane() == Lane.DUPLICATE && containment.hides(caller.subject(), id);
    }

    private AuditEvent event(Hospital hospital, String action, UUID id) {
        return hospital.event(caller.credentials(), action, id, Map.of());
    }

    private Instant now() {
        // What a store keeps: the signature and the row must say the same.
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static PatientView view(PatientFile file) {
        return new PatientView(
                file.row().id(), PatientDetails.of(file.fields()), file.row().createdAt(), file.signature());
    }
}
