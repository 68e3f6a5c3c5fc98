package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UICommand;
import jakarta.faces.component.behavior.ClientBehaviorContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.List;

/** What is to be said about the page as a whole; what concerns a field stands at the field. */
@Named
@RequestScoped
public class Said {
    private static final String PLACE = "messages";

    /** The messages that belong to no field, in the order they were said. */
    public List<FacesMessage> getMessages() {
        return FacesContext.getCurrentInstance().getMessageList(null);
    }

    /**
     * Called before a page is rendered: a part of it that is renewed brings the messages along.
     *
     * <p>What was said last goes when a button is pressed again, and not because a list renewed itself.
     */
    public void renew() {
        var context = FacesContext.getCurrentInstance();
        if (context.getPartialViewContext().isAjaxRequest() && (!getMessages().isEmpty() || isOfButton(context))) {
            context.getPartialViewContext().getRenderIds().add(PLACE);
        }
    }

    private static boolean isOfButton(FacesContext context) {
        var source = context.getExternalContext()
                .getRequestParameterMap()
                .get(ClientBehaviorContext.BEHAVIOR_SOURCE_PARAM_NAME);
        return source != null && context.getViewRoot().findComponent(":" + source) instanceof UICommand;
    }
}
