package org.sosia.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Turns the redirect to the identity provider into what the request can understand.
 *
 * <p>A page follows it. A script of Faces is told to leave the page; any other script could only show the login page's HTML as its
 * data, so it gets a plain 401. A step-up asks for a login that ignores the one the identity provider remembers.
 */
final class SignInRedirect extends HttpServletResponseWrapper {

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    SignInRedirect(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
        this.response = response;
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        var target = StepUp.isPending(request) ? location + "&prompt=login&max_age=0" : location;
        if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
            leavePage(target);
        } else if (isScript()) {
            Refusal.SIGNED_OUT.send(response);
        } else {
            super.sendRedirect(target);
        }
    }

    /** Whether a script sent the request, as far as its browser says. */
    private boolean isScript() {
        var mode = request.getHeader("Sec-Fetch-Mode");
        return request.getHeader(RequestToken.HEADER) != null || (mode != null && !mode.equals("navigate"));
    }

    private void leavePage(String target) throws IOException {
        response.setContentType("text/xml;charset=UTF-8");
        var escaped = target.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
        response.getOutputStream()
                .write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\"" + escaped
                                + "\"/></partial-response>")
                        .getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
