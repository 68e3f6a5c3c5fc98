package org.sosia.web.patient;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.Sharing;
import org.sosia.web.shell.CursorModel;

/** Backs the page on which a patient sees, record by record, who asked for it and who may read it. */
@Named("readers")
@ViewScoped
public class ReadersView implements Serializable {
    /** Who asked longer ago than these is in the audit log. */
    private static final int REQUESTS_SHOWN = 20;

    @Inject
    Retrieval retrieval;

    @Inject
    Sharing sharing;

    private final CursorModel<Readers> rows = new CursorModel<>((after, limit) -> {
        var records = retrieval.list(null, null, after, limit);
        return new Page<>(readers(records.items()), records.next());
    });

    private List<Readers> readers(List<RecordView> records) throws InvalidValueException, IntegrityException {
        var readers = new ArrayList<Readers>();
        for (var record : records) {
            readers.add(new Readers(
                    record,
                    sharing.requestsFor(record.id(), null, REQUESTS_SHOWN).items()));
        }
        return readers;
    }

    public CursorModel<Readers> getRows() {
        return rows;
    }

    /**
     * A record and those who asked for it.
     *
     * @param record the record
     * @param requests their requests, newest first
     */
    public record Readers(RecordView record, List<RequestView> requests) {}
}
