package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Gate;
import org.sosia.lane.ProofResult;
import org.sosia.web.api.Bodies.GateAnswer;
import org.sosia.web.api.Bodies.ProofBody;

/** {@code /session/proofs}: the gate. */
@Path("/session/proofs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "session")
public class SessionResource {
    @Inject
    Gate gate;

    /** Whether a gate stands open. */
    @GET
    @Operation(summary = "Ask whether the gate stands open")
    @APIResponse(responseCode = "200", description = "OPEN or CLOSED")
    public GateAnswer state() {
        return new GateAnswer(gate.state().name());
    }

    /** Shows a partial key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Show a partial key for a record, or your own retrieval key",
            description =
                    "The session may then read for a while. Only who keeps her retrieval key herself shows it (base 64), before or with a"
                            + " partial key.")
    @APIResponse(responseCode = "200", description = "OPENED or REFUSED")
    @APIResponse(responseCode = "400", description = "Mistyped: the check character does not fit")
    public GateAnswer prove(@Nullable ProofBody body)
            throws RefusedCallException, NoSuchRecordException, IntegrityException, TypingErrorException {
        ProofBody given = Bodies.required(body);
        if (given.retrievalKey() != null) {
            ProofResult shown = gate.showRetrievalKey(Parameters.base64("retrievalKey", given.retrievalKey()));
            if (shown != ProofResult.OPENED || given.record() == null) {
                return answered(shown);
            }
        }
        UUID record =
                Parameters.id(Parameters.required("record", given.record())).orElseThrow(NoSuchRecordException::new);
        return answered(gate.prove(record, Parameters.required("partialKey", given.partialKey())));
    }

    private static GateAnswer answered(ProofResult result) throws RefusedCallException {
        if (result == ProofResult.TYPING_ERROR) {
            throw new RefusedCallException(Problems.typingError());
        }
        return new GateAnswer(result.name());
    }

    /** Leaves. */
    @DELETE
    @Operation(summary = "Leave: forget every proof of this session")
    @APIResponse(responseCode = "204", description = "Forgotten")
    public void leave() {
        gate.leave();
    }
}
