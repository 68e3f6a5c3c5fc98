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
    Screen screen;

    private String text = "";
    private transient @Nullable PolicyError error;
    private transient @Nullable PolicyReceipt receipt;

    /** Begins with the policy as it is. */
    public void begin(String present) {
        text = present;
    }

    /** Changes it; the receipt is in the answer. */
    public void change(@Nullable String record)
            throws NoSuchRecordException, StepUpRequiredException, IntegrityException {
        UUID id = Identifiers.parse(record).orElseThrow(NoSuchRecordException::new);
        try {
            receipt = policies.update(id, text);
            screen.done("new-policy.done");
        } catch (PolicyRefusedException notUnderstood) {
            error = PolicyError.at(text, notUnderstood.position(), notUnderstood.expected());
            screen.refuse("policy.error");
        } catch (UnheldAttributeException nobody) {
            screen.refuse("new-policy.unheld", nobody.attribute());
        } catch (RecordChangedException meanwhile) {
            screen.refuse("new-policy.changed");
        }
    }

    /** The receipt as a file: what is signed, then signature and certificate; empty before the change. */
    public String getReceiptText() {
        var signed = receipt;
        return signed == null
                ? ""
                : signed.statement() + "\nsignature " + signed.signature() + "\ncertificate " + signed.certificate()
                        + "\n";
    }

    /** The receipt in the answer to {@link #change}; null otherwise. */
    public @Nullable PolicyReceipt getReceipt() {
        return receipt;
    }

    public @Nullable PolicyError getError() {
        return error;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }
}
