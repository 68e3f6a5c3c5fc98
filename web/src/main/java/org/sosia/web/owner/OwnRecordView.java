package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.keys.IntegrityException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.sharing.RequestRefusedException;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.Sharing;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;

/** Backs the owner's page of one record: what it is, who signed it, who asked for it. */
@Named("ownRecord")
@ViewScoped
public class OwnRecordView implements Serializable {
    /** As many requests as the newest pages are searched for those about this record. */
    private static final int REQUESTS_TO_SEARCH = 200;

    @Inject
    Retrieval retrieval;

    @Inject
    Sharing sharing;

    @Inject
    Screen screen;

    private @Nullable String id;
    private transient @Nullable RecordView record;

    /** Reads the record, verifying its signature. */
    public void load() throws NoSuchRecordException, IntegrityException {
        record = retrieval.get(identifier());
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
    public List<RequestView> getRequests() throws NoSuchRecordException, IntegrityException {
        var wanted = identifier();
        return newest().stream()
                .filter(request -> request.record().equals(wanted))
                .toList();
    }

    private List<RequestView> newest() throws IntegrityException {
        try {
            return sharing.requests(null, null, REQUESTS_TO_SEARCH).items();
        } catch (RequestRefusedException noCursorWasGiven) {
            throw new IllegalStateException(noCursorWasGiven);
        }
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
