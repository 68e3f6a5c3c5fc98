package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.patients.NoSuchPatientException;
import org.sosia.patients.Patients;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.api.Bodies.Made;
import org.sosia.web.api.Bodies.PatientAnswer;
import org.sosia.web.api.Bodies.PatientBody;
import org.sosia.web.api.Idempotency.Outcome;

/** {@code /patients}. */
@Path("/patients")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(ref = "patients")
public class PatientsResource {
    @Inject
    Patients patients;

    @Inject
    Idempotency idempotency;

    @Context
    UriInfo address;

    /** Takes a patient in. */
    @POST
    @Operation(summary = "Take a patient in", description = "Role data-owner. Every field is stored sealed and signed.")
    @APIResponse(
            responseCode = "201",
            description = "Taken in; Location names the patient",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Made")))
    public Response register(@HeaderParam(Idempotency.HEADER) @Nullable String key, @Nullable PatientBody body)
            throws Exception {
        PatientBody given = Bodies.required(body);
        return idempotency
                .once(key, "POST /patients " + given, () -> {
                    UUID id = patients.register(given.toDetails());
                    return new Outcome(201, at(id), new Made(id));
                })
                .toResponse();
    }

    /** Lists patients. */
    @GET
    @Operation(
            summary = "List patients",
            description = "An owner her own, a doctor all, a patient the ones her account stands for.")
    @APIResponse(responseCode = "200", description = "A page")
    public Page<PatientAnswer> list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit)
            throws InvalidValueException, RefusedCallException, IntegrityException {
        var page = patients.list(after, Parameters.limit(limit));
        return new Page<>(page.items().stream().map(PatientAnswer::of).toList(), page.next());
    }

    /** One patient. */
    @GET
    @Path("/{id}")
    @Operation(summary = "Read a patient")
    @APIResponse(responseCode = "200", description = "The patient")
    public PatientAnswer get(@PathParam("id") String id) throws NoSuchPatientException, IntegrityException {
        return PatientAnswer.of(patients.get(known(id)));
    }

    /** Replaces a patient's fields. */
    @PUT
    @Path("/{id}")
    @Operation(summary = "Replace a patient's fields", description = "Role data-owner, own patients.")
    @APIResponse(responseCode = "200", description = "The patient as it is now")
    public PatientAnswer update(@PathParam("id") String id, @Nullable PatientBody body)
            throws NoSuchPatientException, InvalidValueException, RefusedCallException, IntegrityException {
        UUID patient = known(id);
        patients.update(patient, Bodies.required(body).toDetails());
        return PatientAnswer.of(patients.get(patient));
    }

    /** Deletes a patient. */
    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a patient", description = "Role data-owner, own patients.")
    @APIResponse(responseCode = "204", description = "Gone")
    public void delete(@PathParam("id") String id) throws NoSuchPatientException, IntegrityException {
        patients.delete(known(id));
    }

    private URI at(UUID id) {
        return address.getAbsolutePathBuilder().path(id.toString()).build();
    }

    private static UUID known(String id) throws NoSuchPatientException {
        return Parameters.id(id).orElseThrow(NoSuchPatientException::new);
    }
}
