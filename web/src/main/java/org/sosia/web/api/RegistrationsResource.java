package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.registration.NoSuchPersonException;
import org.sosia.registration.RegistrationView;
import org.sosia.registration.Registrations;
import org.sosia.registration.SecondPersonNeededException;
import org.sosia.web.api.Bodies.RegistrationBody;
import org.sosia.web.api.Idempotency.Outcome;

/** {@code /registrations}. */
@Path("/registrations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "administration")
public class RegistrationsResource {
    @Inject
    Registrations registrations;

    @Inject
    Idempotency idempotency;

    @Context
    UriInfo address;

    /** Lists persons. */
    @GET
    @Operation(summary = "List registrations", description = "Roles cloud-operator, key-authority.")
    @APIResponse(responseCode = "200", description = "A page")
    public Page<RegistrationView> list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit)
            throws InvalidValueException, RefusedCallException, IntegrityException {
        return registrations.list(after, Parameters.limit(limit));
    }

    /** One person. */
    @GET
    @Path("/{subject}")
    @Operation(summary = "Read a registration")
    @APIResponse(responseCode = "200", description = "The registration")
    public RegistrationView get(@PathParam("subject") String subject) throws NoSuchPersonException, IntegrityException {
        return registrations.get(subject);
    }

    /** Registers. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Register a person",
            description = "Roles cloud-operator, key-authority. She waits until somebody else approves her.")
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RegistrationView")))
    public Response register(@HeaderParam(Idempotency.HEADER) @Nullable String key, @Nullable RegistrationBody body)
            throws Exception {
        RegistrationBody given = Bodies.required(body);
        return idempotency
                .once(key, "POST /registrations " + given, () -> registered(given))
                .toResponse();
    }

    private Outcome registered(RegistrationBody given) throws Exception {
        @Nullable String patient = given.linkedPatient();
        @Nullable
        UUID linked = patient == null || patient.isBlank() ? null : Parameters.requiredId("linkedPatient", patient);
        RegistrationView made = registrations.register(
                Parameters.required("subject", given.subject()),
                Parameters.required("name", given.name()),
                Parameters.required("role", given.role()),
                attributes(given.attributes()),
                linked);
        URI location = address.getAbsolutePathBuilder().path(made.subject()).build();
        return new Outcome(201, location, made);
    }

    /** Approves. */
    @POST
    @Path("/{subject}/approve")
    @Operation(
            summary = "Approve a registration",
            description =
                    "Roles cloud-operator, key-authority; needs a fresh sign-in, and another account than the one that registered. Makes the person's keys.")
    @APIResponse(responseCode = "200", description = "The registration as it is now")
    @APIResponse(responseCode = "403", description = "The caller registered her: somebody else has to approve")
    public RegistrationView approve(@PathParam("subject") String subject)
            throws NoSuchPersonException, SecondPersonNeededException, StepUpRequiredException, IntegrityException {
        return registrations.approve(subject);
    }

    /** Disables. */
    @POST
    @Path("/{subject}/disable")
    @Operation(summary = "Take a person out", description = "Effective when this answers.")
    @APIResponse(responseCode = "200", description = "The registration as it is now")
    public RegistrationView disable(@PathParam("subject") String subject)
            throws NoSuchPersonException, IntegrityException {
        return registrations.disable(subject);
    }

    private static Set<String> attributes(@Nullable List<String> given) throws RefusedCallException {
        return given == null ? Set.of() : new LinkedHashSet<>(Bodies.withoutNulls("attributes", given));
    }
}
