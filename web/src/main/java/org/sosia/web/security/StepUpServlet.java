package org.sosia.web.security;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;

/**
 * {@code /step-up?return=/path}: a fresh login with the second factor, then on to the path.
 *
 * <p>The session here ends first, so that nothing of the old proof can stand in for the new one; the identity provider's session
 * goes on, and with it what the gate knows of it.
 */
@WebServlet(Paths.STEP_UP)
public class StepUpServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var returnTo = Paths.local(request.getParameter("return"));
        var before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        new StepUp(Instant.now(), returnTo).begin(request.getSession());
        response.sendRedirect(request.getContextPath() + Paths.SIGN_IN);
    }
}
