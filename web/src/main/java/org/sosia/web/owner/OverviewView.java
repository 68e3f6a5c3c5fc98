package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.sharing.RequestState;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.Sharing;
import org.sosia.web.shell.CursorModel;

/** Backs the owner's start page: what waits for her, and what she stored last. */
@Named("ownerOverview")
@ViewScoped
public class OverviewView implements Serializable {
    @Inject
    Sharing sharing;

    @Inject
    Retrieval retrieval;

    private final CursorModel<RequestView> waiting =
            new CursorModel<>((after, limit) -> sharing.requests(RequestState.PENDING, after, limit));
    private final CursorModel<RecordView> records =
            new CursorModel<>((after, limit) -> retrieval.list(null, null, after, limit));

    /** Requests that wait for the owner. */
    public CursorModel<RequestView> getWaiting() {
        return waiting;
    }

    /** Her records, newest first. */
    public CursorModel<RecordView> getRecords() {
        return records;
    }
}
