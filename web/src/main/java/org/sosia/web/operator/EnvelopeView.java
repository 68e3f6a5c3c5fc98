package org.sosia.web.operator;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.keys.IntegrityException;
import org.sosia.retrieval.Retrieval;
import org.sosia.retrieval.SealedView;
import org.sosia.web.shell.Identifiers;

/** Backs the page of one sealed record: what lies in the store, byte for byte. */
@Named("envelope")
@ViewScoped
public class EnvelopeView implements Serializable {
    @Inject
    Retrieval retrieval;

    private @Nullable String id;
    private transient @Nullable SealedView envelope;

    /** Reads the sealed form. */
    public void load() throws NoSuchRecordException, IntegrityException {
        envelope = retrieval.envelope(identifier());
    }

    /** The sealed form. */
    public SealedView getEnvelope() throws NoSuchRecordException, IntegrityException {
        var read = envelope;
        if (read == null) {
            read = retrieval.envelope(identifier());
            envelope = read;
        }
        return read;
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
