package org.sosia.web.patient;

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
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;

/** Backs the page of one record as the patient it is about reads it. */
@Named("myRecord")
@ViewScoped
public class MyRecordView implements Serializable {
    @Inject
    Retrieval retrieval;

    @Inject
    Screen screen;

    private @Nullable String id;
    private boolean shown;
    private transient @Nullable RecordView record;

    /** Reads the record's description. */
    public void load() throws NoSuchRecordException, IntegrityException {
        record = retrieval.get(identifier());
    }

    /** Shows the content below the description. */
    public void show() {
        shown = true;
    }

    /** Reads the record anew and says whether its signature holds. */
    public void verify() throws NoSuchRecordException, IntegrityException {
        load();
        if (getRecord().signature().valid()) {
            screen.done("signature.holds");
        } else {
            screen.refuse("signature.broken");
        }
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

    private UUID identifier() throws NoSuchRecordException {
        return Identifiers.parse(id).orElseThrow(NoSuchRecordException::new);
    }

    public boolean isShown() {
        return shown;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }
}
