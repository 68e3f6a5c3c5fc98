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
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.issuing.Issuing;
import org.sosia.issuing.NoSuchOrderException;
import org.sosia.issuing.OrderRefusedException;
import org.sosia.issuing.OrderView;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.api.Bodies.GivenAnswer;
import org.sosia.web.api.Bodies.OrdersAnswer;
import org.sosia.web.api.Bodies.PartBody;
import org.sosia.web.api.Bodies.SeatKeyBody;

/** {@code /key-orders}. */
@Path("/key-orders")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "administration")
public class KeyOrdersResource {
    @Inject
    Issuing issuing;

    /** What waits. */
    @GET
    @Operation(summary = "List the keys that authorities are asked for", description = "Role key-authority.")
    @APIResponse(responseCode = "200", description = "Those that wait, newest first")
    public OrdersAnswer list() throws IntegrityException {
        return new OrdersAnswer(issuing.waiting());
    }

    /** One order. */
    @GET
    @Path("/{id}")
    @Operation(summary = "Read an order", description = "Role key-authority. In whatever state.")
    @APIResponse(responseCode = "200", description = "The order")
    public OrderView get(@PathParam("id") String id) throws NoSuchOrderException, IntegrityException {
        return issuing.get(known(id));
    }

    /** Gives a part. */
    @POST
    @Path("/{id}/parts")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give your part of a key",
            description =
                    "Role key-authority; needs a fresh sign-in. With seatKey the part is made here; with part (base 64) it was made in a"
                            + " program of your own, and one that proves wrong names you. Where the hospital makes keys, neither. A recovery"
                            + " needs identity: how you made sure of who asks. With the last part needed the key is made.")
    @APIResponse(responseCode = "200", description = "The order as it is now")
    @APIResponse(responseCode = "409", description = "Not yours to give, not any more, or wrong")
    public OrderView give(@PathParam("id") String id, @Nullable PartBody body)
            throws RefusedCallException, NoSuchOrderException, OrderRefusedException, TypingErrorException,
                    InvalidValueException, StepUpRequiredException, IntegrityException {
        PartBody given = Bodies.required(body);
        String identity = Objects.requireNonNullElse(given.identity(), "");
        return given.part() == null
                ? issuing.give(known(id), given.seatKey(), identity)
                : issuing.givePart(known(id), Parameters.base64("part", given.part()), identity);
    }

    /** Gives a part to every order. */
    @POST
    @Path("/parts")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give your part of every key that waits for it",
            description = "Role key-authority with a seat; needs a fresh sign-in. Recoveries are left out.")
    @APIResponse(responseCode = "200", description = "How many orders took it")
    @APIResponse(responseCode = "409", description = "No seat, or another seat's key")
    public GivenAnswer giveAll(@Nullable SeatKeyBody body)
            throws RefusedCallException, OrderRefusedException, TypingErrorException, StepUpRequiredException,
                    IntegrityException {
        return new GivenAnswer(issuing.giveAll(
                Parameters.required("seatKey", Bodies.required(body).seatKey())));
    }

    /** Refuses a recovery. */
    @POST
    @Path("/{id}/deny")
    @Operation(summary = "Refuse a recovery", description = "Role key-authority; needs a fresh sign-in.")
    @APIResponse(responseCode = "200", description = "The order as it is now")
    @APIResponse(responseCode = "409", description = "Decided before, or no recovery")
    public OrderView deny(@PathParam("id") String id)
            throws NoSuchOrderException, OrderRefusedException, StepUpRequiredException, IntegrityException {
        return issuing.refuse(known(id));
    }

    private static UUID known(String id) throws NoSuchOrderException {
        return Parameters.id(id).orElseThrow(NoSuchOrderException::new);
    }
}
