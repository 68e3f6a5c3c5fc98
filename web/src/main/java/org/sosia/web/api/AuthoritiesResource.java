package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import org.sosia.ceremony.AuthoritiesView;
import org.sosia.ceremony.Ceremonies;
import org.sosia.ceremony.CeremonyRefusedException;
import org.sosia.ceremony.CeremonyView;
import org.sosia.ceremony.NoSuchCeremonyException;
import org.sosia.ceremony.SeatTicket;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.api.Bodies.CeremonyBody;
import org.sosia.web.api.Bodies.SealedShareAnswer;
import org.sosia.web.api.Bodies.SeatAnswer;
import org.sosia.web.api.Bodies.SeatKeyBody;

/** {@code /key-authorities}. */
@Path("/key-authorities")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "administration")
public class AuthoritiesResource {
    @Inject
    Ceremonies ceremonies;

    /** Who issues keys. */
    @GET
    @Operation(
            summary = "Ask who issues persons' keys",
            description =
                    "Role key-authority. ONE: the hospital with its master key. SEVERAL: a council, with its published commitments."
                            + " Also how far the newest ceremony is.")
    @APIResponse(responseCode = "200", description = "The authorities")
    public AuthoritiesView view() throws IntegrityException {
        return ceremonies.view();
    }

    /** The caller's share, sealed. */
    @GET
    @Path("/seat")
    @Operation(
            summary = "Read your sealed share",
            description = "Role key-authority with a seat. It opens with the seat key, in a program of your own.")
    @APIResponse(responseCode = "200", description = "The share, sealed, in base 64")
    public SealedShareAnswer seat() throws NoSuchCeremonyException, IntegrityException {
        return new SealedShareAnswer(ceremonies.sealedShare());
    }

    /** Begins a ceremony. */
    @POST
    @Path("/ceremonies")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Begin a key ceremony",
            description =
                    "Role key-authority; needs a fresh sign-in. Without a council the hospital gives its master key away, with one"
                            + " its members pass their shares on. Nothing changes before the last member received her share.")
    @APIResponse(responseCode = "200", description = "The ceremony")
    @APIResponse(responseCode = "409", description = "One is under way")
    public CeremonyView begin(@Nullable CeremonyBody body)
            throws RefusedCallException, InvalidValueException, CeremonyRefusedException, StepUpRequiredException,
                    IntegrityException {
        CeremonyBody given = Bodies.required(body);
        List<String> dealers = given.dealers() == null ? List.of() : given.dealers();
        List<String> members = given.members() == null ? List.of() : given.members();
        int threshold = given.threshold() == null ? 0 : given.threshold();
        return ceremonies.begin(
                threshold, Bodies.withoutNulls("members", members), Bodies.withoutNulls("dealers", dealers));
    }

    /** Takes a seat. */
    @POST
    @Path("/ceremonies/{id}/seats")
    @Operation(
            summary = "Take your seat",
            description = "A member; needs a fresh sign-in. Answers the seat key once: nobody keeps it.")
    @APIResponse(responseCode = "200", description = "The seat key and the ceremony")
    @APIResponse(responseCode = "409", description = "Not a member, or not now")
    public SeatAnswer takeSeat(@PathParam("id") String id)
            throws NoSuchCeremonyException, CeremonyRefusedException, StepUpRequiredException, IntegrityException {
        SeatTicket ticket = ceremonies.takeSeat(known(id));
        return new SeatAnswer(ticket.revealSeatKey(), ticket.ceremony());
    }

    /** Passes a share on. */
    @POST
    @Path("/ceremonies/{id}/dealings")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Pass your share on to the next council",
            description =
                    "A member of the present council who deals; needs a fresh sign-in and the key of the present seat.")
    @APIResponse(responseCode = "200", description = "The ceremony")
    @APIResponse(responseCode = "409", description = "Not a dealer, not now, or another seat's key")
    public CeremonyView deal(@PathParam("id") String id, @Nullable SeatKeyBody body)
            throws RefusedCallException, NoSuchCeremonyException, CeremonyRefusedException, TypingErrorException,
                    StepUpRequiredException, IntegrityException {
        return ceremonies.deal(known(id), seatKey(body));
    }

    /** Receives a share. */
    @POST
    @Path("/ceremonies/{id}/shares")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Check what you were dealt and put your share together",
            description =
                    "A member; needs a fresh sign-in and the key of the seat to come. With the last one the council takes office."
                            + " A dealer whose share does not fit the commitments is named, and the ceremony ends.")
    @APIResponse(responseCode = "200", description = "The ceremony")
    @APIResponse(responseCode = "409", description = "Not a member, not now, or another seat's key")
    public CeremonyView receive(@PathParam("id") String id, @Nullable SeatKeyBody body)
            throws RefusedCallException, NoSuchCeremonyException, CeremonyRefusedException, TypingErrorException,
                    StepUpRequiredException, IntegrityException {
        return ceremonies.receive(known(id), seatKey(body));
    }

    /** Gives a ceremony up. */
    @DELETE
    @Path("/ceremonies/{id}")
    @Operation(summary = "Give a ceremony up", description = "Role key-authority; needs a fresh sign-in.")
    @APIResponse(responseCode = "200", description = "The ceremony; nothing that counted before has changed")
    public CeremonyView abandon(@PathParam("id") String id)
            throws NoSuchCeremonyException, CeremonyRefusedException, StepUpRequiredException, IntegrityException {
        return ceremonies.abandon(known(id));
    }

    private static String seatKey(@Nullable SeatKeyBody body) throws RefusedCallException {
        return Parameters.required("seatKey", Bodies.required(body).seatKey());
    }

    private static UUID known(String id) throws NoSuchCeremonyException {
        return Parameters.id(id).orElseThrow(NoSuchCeremonyException::new);
    }
}
