package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sosia.keys.IntegrityException;
import org.sosia.registration.Registrations;
import org.sosia.web.api.Bodies.AttributesAnswer;

/** {@code /attributes}. */
@Path("/attributes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "administration")
public class AttributesResource {
    @Inject
    Registrations registrations;

    /** What a policy can name. */
    @GET
    @Operation(summary = "List the attributes somebody holds", description = "What a policy can sensibly name.")
    @APIResponse(responseCode = "200", description = "The attributes, sorted")
    public AttributesAnswer list() throws IntegrityException {
        return new AttributesAnswer(List.copyOf(registrations.attributes()));
    }
}
