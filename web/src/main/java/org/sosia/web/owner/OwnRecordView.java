package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.keys.IntegrityException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.retrieval.SealedView;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.Sharing;
import org.sosia.web.shell.CursorModel;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;

/** Backs the owner's page of one record: what it is, who signed it, who asked for it. */
@Named("ownRecord")
@ViewScoped
public class OwnRecordView implements Serializable {
    @Inject
    Retrieval retrieval;

    @Inject
    Sharing sharing;

    @Inject
    Screen screen;

    private @Nullable String id;
    private transient @Nullable RecordView record;
    private transient @Nullable SealedView sealed;
    private final CursorModel<RequestView> requests =
            new CursorModel<>((after, limit) -> sharing.requestsFor(identifier(), after, limit));

    /** Reads the record, verifying its signature. */
    public void load() throws NoSuchRecordException, IntegrityException {
        record = retrieval.get(identifier());
    }

    /** Reads the sealed form, as the store's operator sees it. */
    public void look() throws NoSuchRecordException, IntegrityException {
        sealed = retrieval.ownEnvelope(identifier());
    }

    /** The sealed form in the answer to {@link #look}; null otherwise. */
    public @Nullable SealedView getSealed() {
        return sealed;
    }

    /** Deletes the record and its double, and returns to the patient. */
    public void delete() throws NoSuchRecordException, IntegrityException {
        var patient = getRecord().patient();
        retrieval.delete(identifier());
        screen.done("owner.record.deleted");
        screen.goTo("/owner/patient.xhtml?id=" + patient);
    }

    /** The record. */
    public RecordView getRecord() throws NoSuchRecordException, IntegrityException {
        var read = record;
        if (read == null) {
            read = retrieval.get(identifier());
            record = read;
        }
        return read;
    }

    /** Who asked for it, newest first. */
    public CursorModel<RequestView> getRequests() {
        return requests;
    }

    private UUID identifier() throws NoSuchRecordException {
        return Identifiers.parse(id).orElseThrow(NoSuchRecordException::new);
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }
}
