package org.sosia.forging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sosia.decoy.TwinPatient;
import org.sosia.lane.Hospital;
import org.sosia.lane.Outbox;
import org.sosia.persistence.PatientState;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Task;
import org.sosia.records.PatientFile;
import org.sosia.recovery.Aside;
import org.sosia.recovery.Copying;
import org.sosia.words.Beside;
import org.sosia.words.Words;

/** Makes doubles and twins in the twin hospital. Whatever is there already stays as it is. */
@ApplicationScoped
class Maker {

    @Inject
    Outbox outbox;

    @Inject
    Words words;

    @Inject
    Beside beside;

    @Inject
    Copying copying;

    @Inject
    Aside aside;

    Clock clock = Clock.systemUTC();

    void makeRecord(DoubleOrder order) throws GeneralSecurityException, IOException {
        UUID record = order.spec().record();
        Optional<SealedRecord> there = outbox.twin().store().recordInAnyState(record);
        if (there.isPresent() && there.get().state() != RecordState.RECEIVING) {
            return;
        }
        try (DoubleInTheMaking making = begin(order)) {
            finish(making);
        }
    }

    /** Begins a double. Nobody sees it, and closing it takes it back, until it is finished. */
    DoubleInTheMaking begin(DoubleOrder order) throws GeneralSecurityException, IOException {
        return DoubleInTheMaking.begin(order, outbox.forge(), outbox.twin());
    }

    void finish(DoubleInTheMaking making) throws GeneralSecurityException, IOException {
        Hospital twin = outbox.twin();
        DoubleOrder order = making.order();
        UUID record = order.spec().record();
        Optional<Task> copy = copying.toMake(twin, record, order.sensitivity());
        Task found = making.finish(
                twin, words, copy.stream().toList(), twin.event(outbox.house(), "SEAL", record, Map.of()));
        beside.carryOut(twin, found);
        aside.carryOut(twin, copy);
    }

    void makePatient(PatientOrder order) throws GeneralSecurityException {
        Hospital twin = outbox.twin();
        // Before the patient is there: an attempt that breaks off in between is repeated as a whole.
        link(twin, order);
        if (twin.store().patient(order.patient()).isPresent()) {
            return;
        }
        TwinPatient person = outbox.forge().patient(order.patient(), order.locale());
        twin.store()
                .savePatient(
                        PatientFile.seal(
                                twin.keys(),
                                order.patient(),
                                order.owner(),
                                PatientState.READY,
                                1,
                                order.createdAt(),
                                clock.instant(),
                                fields(person, order)),
                        twin.event(outbox.house(), "REGISTER", order.patient(), Map.of()),
                        List.of());
    }

    private static JsonObject fields(TwinPatient person, PatientOrder order) {
        var fields = Json.createObjectBuilder()
                .add("name", person.name())
                .add("birthDate", person.birthDate().toString())
                .add("sex", person.sex())
                .add("phone", person.phone())
                .add("mail", person.mail())
                .add("address", person.address())
                .add("pulse", person.pulse())
                .add("ecg", person.ecg())
                .add("symptoms", Json.createArrayBuilder(person.symptoms()))
                .add("counterpart", true);
        String account = order.account();
        if (account != null) {
            fields.add("account", account);
        }
        return fields.build();
    }

    /** The patient's account stands for the twin in the twin hospital, as it does for the patient in the real one. */
    private void link(Hospital twin, PatientOrder order) throws GeneralSecurityException {
        String account = order.account();
        if (account != null) {
            twin.persons()
                    .link(account, order.patient(), twin.event(outbox.house(), "LINK", order.patient(), Map.of()));
        }
    }

    void dropRecord(UUID record) {
        Hospital twin = outbox.twin();
        Optional<SealedRecord> row = twin.store().recordInAnyState(record);
        Optional<Task> forgotten = row.map(there -> words.toForget(twin, record, there.owner()));
        Optional<Task> uncopied = copying.toDrop(twin, record);
        List<Task> orders =
                Stream.of(forgotten, uncopied).flatMap(Optional::stream).toList();
        twin.store().deleteRecord(record, twin.event(outbox.house(), "DELETE", record, Map.of()), orders);
        forgotten.ifPresent(order -> words.now(twin, order));
        aside.carryOut(twin, uncopied);
        // What is left of the row leads there still, when this is done again.
        row.flatMap(twin.shelves()::piece).ifPresent(this::dropPiece);
    }

    void dropPiece(UUID piece) {
        outbox.twin().store().dropPiece(piece);
    }

    void dropPatient(UUID patient) {
        Hospital twin = outbox.twin();
        twin.store().deletePatient(patient, twin.event(outbox.house(), "DELETE", patient, Map.of()), List.of());
    }
}
