package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** The number under which a failure stands in the log, for the page that reports it. */
@Named
@RequestScoped
public class Failure {
    @Inject
    HttpServletRequest request;

    /** Eight hexadecimal digits; empty if the failure has none. */
    public String getNumber() {
        var message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        var number = message == null ? request.getParameter("number") : message.toString();
        return number != null && number.matches("[0-9a-f]{8}") ? number : "";
    }
}
