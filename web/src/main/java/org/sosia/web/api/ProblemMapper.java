package org.sosia.web.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers every refusal with problem details. A bug answers with a number; its cause is in the log under that number and nowhere else. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable refusal) {
        Optional<Problem> problem = Problems.of(refusal);
        return problem.orElseGet(() -> bug(refusal)).toResponse();
    }

    private static Problem bug(Throwable cause) {
        String number = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(Level.SEVERE, "a call failed, number " + number, cause);
        return Problem.of(
                        500,
                        "internal",
                        "Something went wrong here",
                        "It was not your request's fault. Tell the operator the number " + number + ".")
                .with("number", number);
    }
}
