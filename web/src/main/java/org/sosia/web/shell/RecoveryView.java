package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.keys.IntegrityException;
import org.sosia.records.HeldShare;
import org.sosia.recovery.Recovery;
import org.sosia.recovery.RecoveryState;
import org.sosia.recovery.RestorationReceipt;
import org.sosia.verification.Verification;
import org.sosia.verification.VerificationReceipt;

/** Backs the page on which an owner or a patient has a record checked, and put back from its copies. */
@Named("recovery")
@ViewScoped
public class RecoveryView implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Recovery recovery;

    @Inject
    Verification verification;

    @Inject
    Words words;

    private @Nullable String id;
    private boolean begun;
    private @Nullable String finding;
    private transient @Nullable RecoveryState state;

    /** Whether there is a record to speak of; what it is worth is found out when somebody asks. */
    public void load() throws NoSuchRecordException {
        begun = recovery.state(identifier()).isPresent();
    }

    /** Reads every byte and compares it with what the owner signed. */
    public void check() throws NoSuchRecordException, IntegrityException {
        try {
            VerificationReceipt receipt = verification.verify(identifier());
            finding = receipt.signatureValid() && receipt.contentIntact() ? "intact" : "damaged";
        } catch (NoSuchRecordException lostOrForeign) {
            finding = "absent";
        }
    }

    /** Begins to recover; the page asks how far it is. */
    public void begin() throws NoSuchRecordException {
        recovery.begin(identifier());
        begun = true;
        finding = null;
        state = null;
    }

    /** Looks again how far it is. */
    public void look() {
        state = null;
    }

    /** What the check found: {@code intact}, {@code damaged} or {@code absent}; null before it. */
    public @Nullable String getFinding() {
        return finding;
    }

    /** How far it is, or how it ended; null if nothing was begun. */
    public @Nullable RecoveryState getState() throws NoSuchRecordException {
        RecoveryState known = state;
        if (known == null && begun) {
            known = recovery.state(identifier()).orElse(null);
            state = known;
        }
        return known;
    }

    /** Whether it is under way. */
    public boolean isRunning() throws NoSuchRecordException {
        RecoveryState now = getState();
        return now != null && now.phase() == RecoveryState.Phase.RUNNING;
    }

    /** How far it is, in words. */
    public String getProgress() throws NoSuchRecordException {
        RecoveryState now = getState();
        return words.get("recover.running", now == null ? 0 : now.percent());
    }

    /** What was put back, in words. */
    public String parts(RestorationReceipt receipt) {
        return receipt.restored().isEmpty()
                ? words.get("recover.nothing")
                : receipt.restored().stream().map(this::part).collect(Collectors.joining(", "));
    }

    private String part(String name) {
        int place = name.indexOf(':');
        return place < 0
                ? words.get("recover-part." + name)
                : words.get("recover-part.copy-at", place(name.substring(place + 1)));
    }

    /** From where, in words. */
    public String sources(RestorationReceipt receipt) {
        return receipt.from().isEmpty()
                ? words.get("recover.nothing")
                : receipt.from().stream().map(this::place).collect(Collectors.joining(", "));
    }

    /** What each place held, in words. */
    public List<String> held(List<HeldShare> places) {
        return places.stream()
                .map(share -> place(share.place()) + ": "
                        + words.get("held-share." + share.state().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private String place(String name) {
        return words.get("recover-place." + name);
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
