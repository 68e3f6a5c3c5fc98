package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.emergency.Emergency;
import org.sosia.emergency.EmergencyRefusedException;
import org.sosia.emergency.EmergencyView;
import org.sosia.emergency.NoSuchEmergencyException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.web.api.Bodies.EmergencyBody;
import org.sosia.web.api.Idempotency.Outcome;

/** {@code /emergency}. */
@Path("/emergency")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "sharing")
public class EmergencyResource {
    @Inject
    Emergency emergency;

    @Inject
    Idempotency idempotency;

    @Context
    UriInfo address;

    /** Pleads. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Plead for a patient's records in an emergency",
            description =
                    "Role doctor; with a reason. The security desk is told at once. When enough trustees have answered, the"
                            + " patient's records open to this session, without partial keys, until the plea expires.")
    @APIResponse(
            responseCode = "201",
            description = "Waits for the trustees; Location names the plea",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "EmergencyView")))
    @APIResponse(responseCode = "409", description = "No reason, or too few trustees")
    public Response plead(@HeaderParam(Idempotency.HEADER) @Nullable String key, @Nullable EmergencyBody body)
            throws Exception {
        EmergencyBody given = Bodies.required(body);
        UUID patient = Parameters.requiredId("patient", given.patient());
        return idempotency
                .once(key, "POST /emergency " + given, () -> {
                    EmergencyView plea = emergency.plead(patient, Objects.requireNonNullElse(given.reason(), ""));
                    URI location = address.getAbsolutePathBuilder()
                            .path(plea.id().toString())
                            .build();
                    return new Outcome(201, location, plea);
                })
                .toResponse();
    }

    /** Lists pleas. */
    @GET
    @Operation(
            summary = "List pleas of the last 30 days",
            description =
                    "A doctor her own, a trustee and the security desk all, a patient and an owner those that concern them.")
    @APIResponse(responseCode = "200", description = "The pleas, newest first")
    public Page<EmergencyView> list() throws IntegrityException {
        return Page.whole(emergency.list());
    }

    /** One plea. */
    @GET
    @Path("/{id}")
    @Operation(summary = "Read a plea")
    @APIResponse(responseCode = "200", description = "The plea as it stands now")
    public EmergencyView get(@PathParam("id") String id) throws NoSuchEmergencyException, IntegrityException {
        return emergency.get(known(id));
    }

    /** Answers as a trustee. */
    @POST
    @Path("/{id}/shares")
    @Operation(
            summary = "Answer a plea as a trustee",
            description =
                    "Whoever holds emergency:trustee; needs a fresh sign-in. One answer for each record of the patient.")
    @APIResponse(responseCode = "200", description = "The plea as it stands now")
    @APIResponse(responseCode = "409", description = "One's own plea, over, or answered before")
    public EmergencyView answer(@PathParam("id") String id)
            throws NoSuchEmergencyException, EmergencyRefusedException, StepUpRequiredException, IntegrityException {
        return emergency.answer(known(id));
    }

    /** Ends a plea. */
    @DELETE
    @Path("/{id}")
    @Operation(summary = "End a plea", description = "Who asked, or the security desk.")
    @APIResponse(responseCode = "204", description = "It opens nothing any more")
    public void end(@PathParam("id") String id) throws NoSuchEmergencyException {
        emergency.end(known(id));
    }

    private static UUID known(String id) throws NoSuchEmergencyException {
        return Parameters.id(id).orElseThrow(NoSuchEmergencyException::new);
    }
}
