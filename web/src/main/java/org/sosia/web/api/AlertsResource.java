package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.alerts.Alerts;
import org.sosia.alerts.IncidentState;
import org.sosia.alerts.IncidentView;
import org.sosia.alerts.NoSuchIncidentException;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;

/** {@code /alerts}. */
@Path("/alerts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "security")
public class AlertsResource {
    @Inject
    Alerts alerts;

    /** Lists incidents. */
    @GET
    @Operation(summary = "List incidents", description = "Role security-desk. Newest first.")
    @APIResponse(responseCode = "200", description = "A page")
    public Page<IncidentView> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit)
            throws InvalidValueException, RefusedCallException, IntegrityException {
        return alerts.list(
                Parameters.optionalConstant("state", IncidentState.class, state), null, after, Parameters.limit(limit));
    }

    /** One incident. */
    @GET
    @Path("/{id}")
    @Operation(summary = "Read an incident")
    @APIResponse(responseCode = "200", description = "The incident")
    public IncidentView get(@PathParam("id") String id) throws NoSuchIncidentException, IntegrityException {
        return alerts.get(known(id));
    }

    /** Says that somebody has looked. */
    @POST
    @Path("/{id}/acknowledge")
    @Operation(summary = "Say that somebody has looked")
    @APIResponse(responseCode = "200", description = "The incident as it is now")
    public IncidentView acknowledge(@PathParam("id") String id) throws NoSuchIncidentException, IntegrityException {
        return alerts.acknowledge(known(id));
    }

    private static UUID known(String id) throws NoSuchIncidentException {
        return Parameters.id(id).orElseThrow(NoSuchIncidentException::new);
    }
}
