package org.sosia.web.content;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /content/{id}}: a record's content for a person at the screens, with ranges.
 *
 * <p>The proof is the one that the session showed at the gate. A partial key in a header is for programs: taken from a script it would
 * be a way past the gate, so it is not handed on.
 */
@WebServlet("/content/*")
public class ContentServlet extends HttpServlet {

    private static final String PARTIAL_KEY = "Sosia-Partial-Key";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        goOn(request, response);
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        goOn(request, response);
    }

    private static void goOn(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var id = request.getPathInfo();
        if (id == null || !id.matches("/[0-9a-fA-F-]{36}")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        request.getRequestDispatcher("/api/v1/records" + id + "/content")
                .forward(new WithoutPartialKey(request), response);
    }

    private static final class WithoutPartialKey extends HttpServletRequestWrapper {
        WithoutPartialKey(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return PARTIAL_KEY.equalsIgnoreCase(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return PARTIAL_KEY.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }
    }
}
