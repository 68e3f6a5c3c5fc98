package org.sosia.web.content;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.sosia.web.security.RequestToken;

/**
 * {@code POST /owner/content}: takes a record in from the upload page, as it arrives; nothing of it touches a disk on the way.
 *
 * <p>The body is what {@code POST /api/v1/records} takes: multipart, {@code metadata} first, then {@code file}. The script sends the
 * session's request token as a header, because a form of another site could send the rest.
 */
@WebServlet("/owner/content")
public class UploadServlet extends HttpServlet {

    @Inject
    transient RequestToken requestToken;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getHeader(RequestToken.HEADER) != null && requestToken.isIn(request)) {
            request.getRequestDispatcher("/api/v1/records").forward(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
