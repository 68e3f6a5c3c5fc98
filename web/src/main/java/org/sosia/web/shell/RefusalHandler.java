package org.sosia.web.shell;

import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.StoreUnavailableException;

/**
 * Turns what a door refused, and what broke, into the page that says so.
 *
 * <p>A page asked for gets the status with its error page; a request of a script is sent to that page, because a script has
 * nowhere to show it. What broke is logged under a number which the page shows: the log has the cause, the page never.
 */
class RefusalHandler extends ExceptionHandlerWrapper {
    private static final System.Logger LOG = System.getLogger(RefusalHandler.class.getName());

    RefusalHandler(ExceptionHandler wrapped) {
        super(wrapped);
    }

    @Override
    public void handle() {
        var events = getUnhandledExceptionQueuedEvents().iterator();
        if (events.hasNext()) {
            var thrown = events.next().getContext().getException();
            events.remove();
            while (events.hasNext()) {
                events.next();
                events.remove();
            }
            answer(FacesContext.getCurrentInstance(), thrown);
        }
        getWrapped().handle();
    }

    private static void answer(FacesContext context, Throwable thrown) {
        try {
            if (find(thrown, ViewExpiredException.class) != null) {
                go(context, "/errors/expired.xhtml");
            } else if (find(thrown, StepUpRequiredException.class) != null) {
                go(context, Assurance.path((HttpServletRequest)
                        context.getExternalContext().getRequest()));
            } else if (find(thrown, EJBAccessException.class) != null
                    || find(thrown, AccessLocalException.class) != null) {
                refuse(context, HttpServletResponse.SC_FORBIDDEN, "", "/errors/403.xhtml");
            } else if (isUnknown(thrown)) {
                refuse(context, HttpServletResponse.SC_NOT_FOUND, "", "/errors/404.xhtml");
            } else if (find(thrown, StoreUnavailableException.class) != null) {
                refuse(context, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "", "/errors/503.xhtml");
            } else if (find(thrown, IntegrityException.class) != null) {
                go(context, "/errors/damaged.xhtml" + about(context));
            } else {
                var number = UUID.randomUUID().toString().substring(0, 8);
                LOG.log(Level.ERROR, "a page failed, number " + number, thrown);
                refuse(
                        context,
                        HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                        number,
                        "/errors/500.xhtml?number=" + number);
            }
        } catch (IOException gone) {
            throw new FacesException(gone);
        }
    }

    /** Of what the page was, so that its reader can have it recovered. */
    private static String about(FacesContext context) {
        String id = context.getExternalContext().getRequestParameterMap().get("id");
        return Identifiers.parse(id).map(record -> "?record=" + record).orElse("");
    }

    private static void go(FacesContext context, String page) throws IOException {
        var external = context.getExternalContext();
        if (!external.isResponseCommitted()) {
            external.redirect(external.getRequestContextPath() + page);
        }
        context.responseComplete();
    }

    private static void refuse(FacesContext context, int status, String message, String page) throws IOException {
        var external = context.getExternalContext();
        if (context.getPartialViewContext().isAjaxRequest()) {
            go(context, page);
        } else if (!external.isResponseCommitted()) {
            external.responseReset();
            external.responseSendError(status, message);
        }
        context.responseComplete();
    }

    /** Whether a door said "no such …", which is also what it says about what belongs to somebody else. */
    private static boolean isUnknown(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = next(cause)) {
            if (cause.getClass().getSimpleName().startsWith("NoSuch")
                    && cause.getClass().getName().startsWith("org.sosia.")) {
                return true;
            }
        }
        return false;
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (var cause = thrown; cause != null; cause = next(cause)) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static @Nullable Throwable next(Throwable thrown) {
        return thrown.getCause() == thrown ? null : thrown.getCause();
    }
}
