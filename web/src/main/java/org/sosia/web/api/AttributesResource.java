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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.attributes.AttributeReceipt;
import org.sosia.attributes.AttributeView;
import org.sosia.attributes.Attributes;
import org.sosia.attributes.NoSuchAttributeException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.jobs.JobView;
import org.sosia.jobs.NoSuchJobException;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.registration.NoSuchPersonException;
import org.sosia.registration.Registrations;
import org.sosia.web.api.Bodies.UserBody;

/** {@code /attributes}. */
@Path("/attributes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "administration")
public class AttributesResource {
    @Inject
    Registrations registrations;

    @Inject
    Attributes attributes;

    /** What a policy can name. */
    @GET
    @Operation(summary = "List the attributes somebody holds", description = "What a policy can sensibly name.")
    @APIResponse(responseCode = "200", description = "The attributes, sorted")
    public Page<String> list() throws IntegrityException {
        return Page.whole(List.copyOf(registrations.attributes()));
    }

    /** Who holds what. */
    @GET
    @Path("/holders")
    @Operation(
            summary = "List the attributes with their epoch and those who hold them",
            description = "Role key-authority.")
    @APIResponse(responseCode = "200", description = "The attributes, sorted")
    public Page<AttributeView> holders() throws IntegrityException {
        return Page.whole(attributes.list());
    }

    /** Takes an attribute from a person. */
    @POST
    @Path("/{name: .+}/revocations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Take an attribute from a person",
            description =
                    "Role key-authority; needs a fresh sign-in. Effective when this answers, however many records there are;"
                            + " the answer is a signed receipt. Records follow to the attribute's next epoch in the background.")
    @APIResponse(responseCode = "200", description = "The receipt")
    public AttributeReceipt revoke(@PathParam("name") String name, @Nullable UserBody body)
            throws RefusedCallException, NoSuchAttributeException, NoSuchPersonException, StepUpRequiredException,
                    IntegrityException {
        return attributes.revoke(name, user(body));
    }

    /** Gives an attribute to a person. */
    @POST
    @Path("/{name: .+}/holders")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give an attribute to a person",
            description =
                    "Role key-authority; needs a fresh sign-in. For the first time or again; the person's key follows at once.")
    @APIResponse(responseCode = "200", description = "The attribute as it is now")
    public AttributeView give(@PathParam("name") String name, @Nullable UserBody body)
            throws RefusedCallException, NoSuchAttributeException, NoSuchPersonException, InvalidValueException,
                    StepUpRequiredException, IntegrityException {
        return attributes.give(name, user(body));
    }

    /** Where records stand that follow to a new epoch. */
    @GET
    @Path("/jobs")
    @Operation(summary = "List the jobs in which records follow to a new epoch", description = "Role key-authority.")
    @APIResponse(responseCode = "200", description = "The newest jobs, newest first")
    public Page<JobView> jobs() {
        return Page.whole(attributes.jobs());
    }

    /** One job. */
    @GET
    @Path("/jobs/{id}")
    @Operation(summary = "Read how far a job got", description = "Role key-authority.")
    @APIResponse(responseCode = "200", description = "The job")
    public JobView job(@PathParam("id") String id) throws NoSuchJobException {
        return attributes.job(known(id));
    }

    /** Stops a job. */
    @POST
    @Path("/jobs/{id}/cancel")
    @Operation(
            summary = "Stop a job",
            description = "Role key-authority. What is done stays done, and who lost the attribute regains nothing.")
    @APIResponse(responseCode = "200", description = "The job")
    public JobView cancel(@PathParam("id") String id) throws NoSuchJobException {
        return attributes.stop(known(id));
    }

    /** Lets a job go on. */
    @POST
    @Path("/jobs/{id}/resume")
    @Operation(summary = "Let a stopped job go on", description = "Role key-authority.")
    @APIResponse(responseCode = "200", description = "The job")
    public JobView resume(@PathParam("id") String id) throws NoSuchJobException {
        return attributes.resume(known(id));
    }

    private static String user(@Nullable UserBody body) throws RefusedCallException {
        return Parameters.required("user", Bodies.required(body).user());
    }

    private static UUID known(String id) throws NoSuchJobException {
        return Parameters.id(id).orElseThrow(NoSuchJobException::new);
    }
}
