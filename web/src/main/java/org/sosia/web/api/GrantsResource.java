package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.sharing.NoSuchGrantException;
import org.sosia.sharing.RevocationReceipt;
import org.sosia.sharing.Sharing;
import org.sosia.web.api.Bodies.KeyAnswer;

/** {@code /grants}. */
@Path("/grants")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "sharing")
public class GrantsResource {
    @Inject
    Sharing sharing;

    /** Takes a grant back. */
    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Take a grant back",
            description =
                    "Role data-owner; of a referral also the patient. Effective when this answers; the answer is a signed receipt.")
    @APIResponse(responseCode = "200", description = "The receipt")
    public RevocationReceipt revoke(@PathParam("id") String id) throws NoSuchGrantException, IntegrityException {
        return sharing.revoke(known(id));
    }

    /** Takes the partial key that waits in the inbox. */
    @POST
    @Path("/{id}/partial-key")
    @Operation(
            summary = "Take the partial key that waits in the inbox",
            description = "The requester; needs a fresh sign-in.")
    @APIResponse(responseCode = "200", description = "The partial key")
    public KeyAnswer take(@PathParam("id") String id)
            throws NoSuchGrantException, StepUpRequiredException, IntegrityException {
        UUID grant = known(id);
        return new KeyAnswer(grant, sharing.takeDelivered(grant));
    }

    private static UUID known(String id) throws NoSuchGrantException {
        return Parameters.id(id).orElseThrow(NoSuchGrantException::new);
    }
}
