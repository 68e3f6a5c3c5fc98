package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sosia.attributes.Attributes;
import org.sosia.attributes.ParametersView;
import org.sosia.keys.IntegrityException;

/** {@code /parameters}. */
@Path("/parameters")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "administration")
public class ParametersResource {
    @Inject
    Attributes attributes;

    /** What everybody may know of the hospital's keys. */
    @GET
    @Operation(
            summary = "Read the public parameters and certificates",
            description =
                    "Everybody who is signed in. Enough to verify headers, keys and receipts; docs/FORMATS.md says how.")
    @APIResponse(responseCode = "200", description = "The parameters")
    public ParametersView parameters() throws IntegrityException {
        return attributes.parameters();
    }
}
