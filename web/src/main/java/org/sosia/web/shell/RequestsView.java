package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sosia.sharing.RequestState;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.Sharing;

/** Backs a list of requests: the owner's to decide, a reader's own, the operator's to watch. */
@Named("requests")
@ViewScoped
public class RequestsView implements Serializable {
    @Inject
    Sharing sharing;

    private @Nullable RequestState state;
    private final CursorModel<RequestView> rows =
            new CursorModel<>((after, limit) -> sharing.requests(state, after, limit));

    public CursorModel<RequestView> getRows() {
        return rows;
    }

    public RequestState[] getStates() {
        return RequestState.values();
    }

    public @Nullable RequestState getState() {
        return state;
    }

    public void setState(@Nullable RequestState state) {
        this.state = state;
    }
}
