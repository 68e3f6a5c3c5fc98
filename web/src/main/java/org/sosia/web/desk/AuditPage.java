package org.sosia.web.desk;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.audit.AuditLog;
import org.sosia.audit.AuditView;
import org.sosia.audit.ChainVerdict;
import org.sosia.web.shell.CursorModel;

/** Backs the page of the audit log. */
@Named("auditPage")
@ViewScoped
public class AuditPage implements Serializable {
    @Inject
    AuditLog log;

    private transient @Nullable List<ChainVerdict> verdicts;
    private String words = "";
    private final CursorModel<AuditView> rows = new CursorModel<>((after, limit) -> log.search(words, after, limit));

    /** Reads both chains from their beginning and checks every link. */
    public void verify() {
        verdicts = log.verify();
    }

    /** What the check came to; null before it. */
    public @Nullable List<ChainVerdict> getVerdicts() {
        return verdicts;
    }

    public CursorModel<AuditView> getRows() {
        return rows;
    }

    public String getWords() {
        return words;
    }

    public void setWords(@Nullable String words) {
        this.words = words == null ? "" : words;
    }
}
