package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.jobs.JobView;
import org.sosia.jobs.NoSuchJobException;
import org.sosia.paging.Page;
import org.sosia.rotation.KeyView;
import org.sosia.rotation.Rotations;
import org.sosia.web.api.Idempotency.Outcome;

/** {@code /keys}. */
@Path("/keys")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "administration")
public class KeysResource {
    @Inject
    Rotations rotations;

    @Inject
    Idempotency idempotency;

    /** The keys. */
    @GET
    @Operation(summary = "List the keys that can be rotated", description = "Role key-authority. Never a key.")
    @APIResponse(responseCode = "200", description = "The keys")
    public Page<KeyView> list() {
        return Page.whole(rotations.list());
    }

    /** Begins a rotation. */
    @POST
    @Path("/{name}/rotations")
    @Operation(
            summary = "Put a new key in the place of the old one",
            description =
                    "Role key-authority; needs a fresh sign-in. Names: collections, signing-keys, certificate-authority, retrieval-keys, person-keys, master-key, cloud-keys, root. Done in the background. A master key that a council holds is refused.")
    @APIResponse(
            responseCode = "200",
            description = "The job in which it is done",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "JobView")))
    public Response rotate(@PathParam("name") String name, @HeaderParam(Idempotency.HEADER) @Nullable String key)
            throws Exception {
        return idempotency
                .once(key, "POST /keys/" + name + "/rotations", () -> new Outcome(200, null, rotations.rotate(name)))
                .toResponse();
    }

    /** One rotation. */
    @GET
    @Path("/jobs/{id}")
    @Operation(summary = "Read how far a rotation got", description = "Role key-authority.")
    @APIResponse(responseCode = "200", description = "The job")
    public JobView job(@PathParam("id") String id) throws NoSuchJobException {
        return rotations.job(known(id));
    }

    /** Stops a rotation. */
    @POST
    @Path("/jobs/{id}/cancel")
    @Operation(summary = "Stop a rotation", description = "Role key-authority. Keys that were rotated stay so.")
    @APIResponse(responseCode = "200", description = "The job")
    public JobView cancel(@PathParam("id") String id) throws NoSuchJobException {
        return rotations.stop(known(id));
    }

    /** Lets a rotation go on. */
    @POST
    @Path("/jobs/{id}/resume")
    @Operation(summary = "Let a stopped rotation go on", description = "Role key-authority.")
    @APIResponse(responseCode = "200", description = "The job")
    public JobView resume(@PathParam("id") String id) throws NoSuchJobException {
        return rotations.resume(known(id));
    }

    private static UUID known(String id) throws NoSuchJobException {
        return Parameters.id(id).orElseThrow(NoSuchJobException::new);
    }
}
