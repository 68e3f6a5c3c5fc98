package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.List;

/** What is to be said about the page as a whole; what concerns a field stands at the field. */
@Named
@RequestScoped
public class Said {
    /** The messages that belong to no field, in the order they were said. */
    public List<FacesMessage> getMessages() {
        return FacesContext.getCurrentInstance().getMessageList(null);
    }
}
