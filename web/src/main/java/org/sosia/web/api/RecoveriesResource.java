package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.issuing.OrderRefusedException;
import org.sosia.issuing.OrderView;
import org.sosia.issuing.Recoveries;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.api.Bodies.ChallengeAnswer;
import org.sosia.web.api.Bodies.OrdersAnswer;
import org.sosia.web.api.Bodies.RecoveryBody;

/** {@code /recoveries}: another retrieval key in the place of a lost one. */
@Path("/recoveries")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "session")
public class RecoveriesResource {
    @Inject
    Recoveries recoveries;

    /** The caller's recoveries. */
    @GET
    @Operation(summary = "List your recoveries", description = "With the signed receipt of each that is done.")
    @APIResponse(responseCode = "200", description = "The recoveries, newest first")
    public OrdersAnswer mine() throws IntegrityException {
        return new OrdersAnswer(recoveries.mine());
    }

    /** What a key request is made for. */
    @GET
    @Path("/challenge")
    @Operation(
            summary = "Read what a key request has to be made for",
            description = "The UTF-8 bytes of this text are the request's context; they hold for this sign-in only.")
    @APIResponse(responseCode = "200", description = "The text")
    public ChallengeAnswer challenge() {
        return new ChallengeAnswer(recoveries.challenge());
    }

    /** Asks for another key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for another retrieval key in the place of a lost one",
            description =
                    "Needs a fresh sign-in. Without keyRequest the hospital draws and keeps the key; with one (base 64) nobody but you has"
                            + " it, and you show it at /session/proofs before you open records. Key authorities make sure of who you are; when"
                            + " enough agreed, the old key opens nothing.")
    @APIResponse(responseCode = "200", description = "The order; it waits")
    @APIResponse(responseCode = "409", description = "No key yet, or the request is not for this sign-in")
    public OrderView ask(@Nullable RecoveryBody body)
            throws RefusedCallException, InvalidValueException, OrderRefusedException, StepUpRequiredException,
                    IntegrityException {
        RecoveryBody given = Bodies.required(body);
        String note = Objects.requireNonNullElse(given.note(), "");
        String request = given.keyRequest();
        return recoveries.ask(note, request == null ? null : Parameters.base64("keyRequest", request));
    }
}
