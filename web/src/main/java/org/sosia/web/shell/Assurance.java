package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sosia.identity.Caller;

/**
 * Leads a person whose sign-in is too weak for patients' data to the page that says so.
 *
 * <p>Nobody is ever left in front of a page that could mislead her for want of a second factor: that is told, and how to
 * mend it.
 */
@Named
@RequestScoped
public class Assurance {
    private static final String PAGE = "/assurance.xhtml";
    private static final List<String> CLINICAL = List.of("/owner/", "/doctor/", "/patient/");

    /** Password and one-time code. */
    private static final int ENOUGH = 2;

    @Inject
    Caller caller;

    @Inject
    HttpServletRequest request;

    /** Called before a page is rendered. */
    public void check() throws IOException {
        var context = FacesContext.getCurrentInstance();
        // The page's own path: an error page is shown in the place of the page that failed, and must be.
        var page = context.getExternalContext().getRequestServletPath();
        if (CLINICAL.stream().anyMatch(page::startsWith) && caller.credentials().assurance() < ENOUGH) {
            context.getExternalContext().redirect(request.getContextPath() + path(request));
            context.responseComplete();
        }
    }

    /** Where the page is that asks for a fresh proof and leads back to what was asked for. */
    static String path(HttpServletRequest request) {
        var query = request.getMethod().equals("GET") ? request.getQueryString() : null;
        var asked = request.getServletPath() + (query == null ? "" : "?" + query);
        return PAGE + "?return=" + encoded(asked);
    }

    /** The path to come back to, encoded for an address. */
    public String getReturnTo() {
        var asked = request.getParameter("return");
        return encoded(asked == null ? "/" : asked);
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
