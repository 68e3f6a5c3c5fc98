package org.sosia.web.operator;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.sosia.retrieval.Retrieval;
import org.sosia.retrieval.SealedView;
import org.sosia.web.shell.CursorModel;

/** Backs the operator's list of what lies in the store. */
@Named("sealed")
@ViewScoped
public class SealedListView implements Serializable {
    @Inject
    Retrieval retrieval;

    private final CursorModel<SealedView> rows = new CursorModel<>((after, limit) -> retrieval.envelopes(after, limit));

    /** The sealed records, page by page. */
    public CursorModel<SealedView> getRows() {
        return rows;
    }
}
