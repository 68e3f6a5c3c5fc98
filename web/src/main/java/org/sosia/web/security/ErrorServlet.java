package org.sosia.web.security;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.UUID;

/**
 * Says that something went wrong: to a program in problem details, to a person on a page.
 *
 * <p>The cause goes to the log under a number; the answer has the number and nothing else of it.
 */
@WebServlet("/error")
public class ErrorServlet extends HttpServlet {

    private static final System.Logger LOG = System.getLogger(ErrorServlet.class.getName());

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (status == null) {
            // Asked for by hand: there is no error, and so no such page.
            status = HttpServletResponse.SC_NOT_FOUND;
        }
        log(request);
        response.setStatus(status);
        if (isForPerson(request)) {
            request.getRequestDispatcher(page(status)).forward(request, response);
        } else {
            Refusal.ProblemDetails.send(response, status, type(status), "The request was not carried out.");
        }
    }

    private static void log(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable cause) {
            var number = UUID.randomUUID().toString().substring(0, 8);
            LOG.log(Level.ERROR, "a request failed, number " + number, cause);
            request.setAttribute(RequestDispatcher.ERROR_MESSAGE, number);
        }
    }

    private static boolean isForPerson(HttpServletRequest request) {
        var failed = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        var accept = request.getHeader("Accept");
        var isApi = failed != null && failed.startsWith(request.getContextPath() + "/api/");
        return !isApi && accept != null && accept.contains("text/html");
    }

    private static String page(int status) {
        return switch (status) {
            case HttpServletResponse.SC_UNAUTHORIZED, HttpServletResponse.SC_FORBIDDEN -> "/errors/403.xhtml";
            case HttpServletResponse.SC_NOT_FOUND -> "/errors/404.xhtml";
            case HttpServletResponse.SC_SERVICE_UNAVAILABLE -> "/errors/503.xhtml";
            default -> "/errors/500.xhtml";
        };
    }

    private static String type(int status) {
        return switch (status) {
            case HttpServletResponse.SC_UNAUTHORIZED -> "unauthorized";
            case HttpServletResponse.SC_FORBIDDEN -> "forbidden";
            case HttpServletResponse.SC_NOT_FOUND -> "not-found";
            case HttpServletResponse.SC_METHOD_NOT_ALLOWED -> "method-not-allowed";
            case HttpServletResponse.SC_SERVICE_UNAVAILABLE -> "unavailable";
            default -> status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR ? "bad-request" : "internal";
        };
    }
}
