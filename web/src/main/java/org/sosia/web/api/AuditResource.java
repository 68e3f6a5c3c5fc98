package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.audit.AuditLog;
import org.sosia.audit.AuditView;
import org.sosia.audit.ChainVerdict;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.api.Bodies.ChainsAnswer;

/** {@code /audit}. */
@Path("/audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "security")
public class AuditResource {
    @Inject
    AuditLog log;

    /** Lists entries. */
    @GET
    @Operation(
            summary = "Read the audit chains",
            description = "Roles security-desk, cloud-operator. Chain a, then chain b, oldest first.")
    @APIResponse(responseCode = "200", description = "A page")
    public Page<AuditView> list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit)
            throws InvalidValueException, RefusedCallException {
        return log.list(after, Parameters.limit(limit));
    }

    /** Checks the chains. */
    @GET
    @Path("/verification")
    @Operation(summary = "Check every hash and link of the chains")
    @APIResponse(responseCode = "200", description = "What it came to")
    public ChainsAnswer verify() {
        List<ChainVerdict> chains = log.verify();
        return new ChainsAnswer(chains.stream().allMatch(ChainVerdict::intact), chains);
    }
}
