package org.sosia.web.doctor;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Gate;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.sharing.NoSuchGrantException;
import org.sosia.sharing.Purpose;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.Sharing;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;

/**
 * Backs the page of a record as a doctor meets it: a gate. Before it stands what the record is and how to ask for it; behind it,
 * after the partial key, what is in it.
 */
@Named("gate")
@ViewScoped
public class GateView implements Serializable {
    @Inject
    Retrieval retrieval;

    @Inject
    Sharing sharing;

    @Inject
    Gate gate;

    @Inject
    Screen screen;

    private @Nullable String id;
    private Purpose purpose = Purpose.TREAT;
    private @Nullable String note;
    private transient @Nullable String partialKey;
    private transient @Nullable RecordView record;

    /** Reads what may be known of the record before the gate. */
    public void load() throws NoSuchRecordException, IntegrityException {
        record = retrieval.get(identifier());
    }

    /** Asks the owner. */
    public void ask() throws NoSuchRecordException, IntegrityException {
        try {
            sharing.request(identifier(), purpose.name(), note == null ? "" : note);
            screen.done("gate.asked");
        } catch (InvalidValueException refused) {
            screen.refuse("gate.request-refused");
        }
        record = null;
    }

    /** Tries the partial key typed in. */
    public void prove() throws NoSuchRecordException, IntegrityException {
        var typed = partialKey;
        partialKey = null;
        if (typed != null) {
            prove(typed);
        }
    }

    /** Takes the key that waits sealed in the inbox and opens with it. */
    public void take() throws NoSuchRecordException, NoSuchGrantException, StepUpRequiredException, IntegrityException {
        var grant = request().map(RequestView::grant).orElseThrow(NoSuchGrantException::new);
        if (grant == null) {
            throw new NoSuchGrantException();
        }
        prove(sharing.takeDelivered(grant));
    }

    private void prove(String key) throws NoSuchRecordException, IntegrityException {
        switch (gate.prove(identifier(), key)) {
            case OPENED -> {
                screen.done("gate.opened");
                // A request of its own shows the content: what this session is was decided when this one began.
                screen.goTo("/doctor/record.xhtml?id=" + identifier());
            }
            case TYPING_ERROR -> screen.refuse("gate.typing-error");
            case REFUSED -> screen.refuse("gate.refused");
        }
    }

    /** Leaves: what was proven in this session is forgotten. */
    public void leave() {
        gate.leave();
        record = null;
        screen.done("gate.left");
    }

    /** Whether the content is shown. */
    public boolean isOpen() throws NoSuchRecordException, IntegrityException {
        return step() == Step.OPEN;
    }

    /** What the page offers now. */
    public Step getStep() throws NoSuchRecordException, IntegrityException {
        return step();
    }

    private Step step() throws NoSuchRecordException, IntegrityException {
        var isProven = gate.isOpen(identifier());
        return switch (getRecord().access()) {
            case OWN -> Step.OPEN;
            case GRANTED -> isProven ? Step.OPEN : Step.KEY;
            // A grant that ended takes what was proven with it; without any request there was none to end.
            case PENDING -> isProven && request().isEmpty() ? Step.OPEN : Step.WAITING;
            case NONE -> isProven && request().isEmpty() ? Step.OPEN : Step.ASK;
        };
    }

    /** Where somebody stands before a record. */
    public enum Step {
        /** She may ask for it. */
        ASK,
        /** She asked, and the owner has not answered. */
        WAITING,
        /** The owner agreed: the partial key opens it. */
        KEY,
        /** It is open to this session. */
        OPEN
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

    /** My newest request for this record, or null. */
    public @Nullable RequestView getRequest() throws NoSuchRecordException, IntegrityException {
        return request().orElse(null);
    }

    private Optional<RequestView> request() throws NoSuchRecordException, IntegrityException {
        try {
            return sharing.requestsFor(identifier(), null, 1).items().stream().findFirst();
        } catch (InvalidValueException noCursorWasGiven) {
            throw new IllegalStateException(noCursorWasGiven);
        }
    }

    private UUID identifier() throws NoSuchRecordException {
        return Identifiers.parse(id).orElseThrow(NoSuchRecordException::new);
    }

    public Purpose[] getPurposes() {
        return Purpose.values();
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public Purpose getPurpose() {
        return purpose;
    }

    public void setPurpose(Purpose purpose) {
        this.purpose = purpose;
    }

    public @Nullable String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note;
    }

    /** Never given back to the page. */
    public @Nullable String getPartialKey() {
        return null;
    }

    public void setPartialKey(@Nullable String partialKey) {
        this.partialKey = partialKey;
    }
}
