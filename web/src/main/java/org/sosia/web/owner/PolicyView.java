package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.policies.Policies;
import org.sosia.policies.PolicyReceipt;
import org.sosia.policies.RecordChangedException;
import org.sosia.upload.PolicyRefusedException;
import org.sosia.upload.UnheldAttributeException;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;

/** Backs the card with which an owner gives a sealed record another policy. */
@Named("newPolicy")
@ViewScoped
public class PolicyView implements Serializable {
    @Inject
    Policies policies;

    @Inject
    OwnRecordView shown;

    @Inject
    Screen screen;

    private final PolicyDraft draft = new PolicyDraft();
    private transient @Nullable PolicyReceipt receipt;

    /** Begins with the policy as it is. */
    public void begin(String present) {
        draft.begin(present);
    }

    /** Looks at the policy once more before the question whether it shall be; what cannot be understood is not asked about. */
    public void consider() {
        draft.check();
        if (!draft.isUnderstood()) {
            screen.refuse("new-policy.not-understood");
        }
    }

    /** Changes it; the receipt is in the answer, and the page shows the record as it is now. */
    public void change(@Nullable String record)
            throws NoSuchRecordException, StepUpRequiredException, IntegrityException {
        UUID id = Identifiers.parse(record).orElseThrow(NoSuchRecordException::new);
        try {
            receipt = policies.update(id, draft.getText());
            shown.load();
        } catch (PolicyRefusedException notUnderstood) {
            draft.check();
            screen.refuse("new-policy.not-understood");
        } catch (UnheldAttributeException nobody) {
            screen.refuse("new-policy.unheld", nobody.attribute());
        } catch (RecordChangedException meanwhile) {
            screen.refuse("new-policy.changed");
        }
    }

    /** The receipt in the answer to {@link #change}; null otherwise. */
    public @Nullable PolicyReceipt getReceipt() {
        return receipt;
    }

    public PolicyDraft getDraft() {
        return draft;
    }
}
