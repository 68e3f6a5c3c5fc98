package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** What a view's bean may do to the page as a whole: say something, or send the reader elsewhere. */
@RequestScoped
public class Screen {
    @Inject
    Words words;

    /** Says that something was done; kept over the next redirect. */
    public void done(String key, Object... facts) {
        say(null, FacesMessage.SEVERITY_INFO, key, facts);
    }

    /** Says that something needs care. */
    public void warn(String key, Object... facts) {
        say(null, FacesMessage.SEVERITY_WARN, key, facts);
    }

    /** Says that something was refused, and fails the validation, so that a dialog stays open. */
    public void refuse(String key, Object... facts) {
        say(null, FacesMessage.SEVERITY_ERROR, key, facts);
        FacesContext.getCurrentInstance().validationFailed();
    }

    /** Refuses at one field, by the client identifier of its component. */
    public void refuseAt(String clientId, String key, Object... facts) {
        say(clientId, FacesMessage.SEVERITY_ERROR, key, facts);
        FacesContext.getCurrentInstance().validationFailed();
    }

    /** Goes to another page, below the application's root. */
    public void goTo(String path) {
        var context = FacesContext.getCurrentInstance();
        try {
            context.getExternalContext().getFlash().setKeepMessages(true);
            context.getExternalContext().redirect(context.getExternalContext().getRequestContextPath() + path);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void say(@Nullable String clientId, FacesMessage.Severity severity, String key, Object... facts) {
        FacesContext.getCurrentInstance().addMessage(clientId, new FacesMessage(severity, words.get(key, facts), null));
    }
}
