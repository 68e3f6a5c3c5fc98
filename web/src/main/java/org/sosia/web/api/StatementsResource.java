package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.statements.StatementView;
import org.sosia.statements.Statements;
import org.sosia.statements.UnreadableStatementException;
import org.sosia.web.api.Bodies.JudgementAnswer;
import org.sosia.web.api.Bodies.StatementBody;

/** {@code /statements}. */
@Path("/statements")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "security")
public class StatementsResource {
    @Inject
    Statements statements;

    /** What the clouds signed about an opening. */
    @GET
    @Path("/{entry}")
    @Operation(
            summary = "Read what the clouds signed about an opening",
            description = "Role security-desk. The number is that of the UNWRAP entry in chain a.")
    @APIResponse(responseCode = "200", description = "The statements; none where the entry tells of no opening")
    public Page<StatementView> of(@PathParam("entry") String entry) throws RefusedCallException, IntegrityException {
        if (!entry.matches("\\d{1,18}")) {
            throw RefusedCallException.value("entry", "must be the number of an audit entry");
        }
        return Page.whole(statements.of(Long.parseLong(entry)));
    }

    /** Judges a statement. */
    @POST
    @Path("/check")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Do a cloud's work again and judge what it signed",
            description =
                    "Roles security-desk, cloud-operator, data-owner. Four values in base 64: statement, certificate, header,"
                            + " and key (a transform key or the half of a grant). The answer follows from them alone.")
    @APIResponse(responseCode = "200", description = "RIGHT, WRONG, or NOTHING where the values do not belong together")
    public JudgementAnswer check(@Nullable StatementBody body)
            throws RefusedCallException, UnreadableStatementException {
        StatementBody given = Bodies.required(body);
        return new JudgementAnswer(statements.check(
                Parameters.base64("statement", given.statement()),
                Parameters.base64("certificate", given.certificate()),
                Parameters.base64("header", given.header()),
                Parameters.base64("key", given.key())));
    }
}
