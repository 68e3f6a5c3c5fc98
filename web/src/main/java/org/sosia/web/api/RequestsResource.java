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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.search.SearchQuery;
import org.sosia.sharing.Approval;
import org.sosia.sharing.Handover;
import org.sosia.sharing.Inbox;
import org.sosia.sharing.InboxResult;
import org.sosia.sharing.NoSuchRequestException;
import org.sosia.sharing.RequestDecidedException;
import org.sosia.sharing.RequestState;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.Sharing;
import org.sosia.sharing.TooManyTestsException;
import org.sosia.web.api.Bodies.ApprovalAnswer;
import org.sosia.web.api.Bodies.ApprovalBody;
import org.sosia.web.api.Bodies.DenialBody;
import org.sosia.web.api.Bodies.InboxSearchBody;
import org.sosia.web.api.Idempotency.Outcome;

/** {@code /requests}. */
@Path("/requests")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "sharing")
public class RequestsResource {
    @Inject
    Sharing sharing;

    @Inject
    Idempotency idempotency;

    @Inject
    Inbox inbox;

    Clock clock = Clock.systemUTC();

    /** Lists requests. */
    @GET
    @Operation(
            summary = "List requests",
            description =
                    "Newest first: an owner those for her records, a consumer her own, server A's operator all, sealed.")
    @APIResponse(responseCode = "200", description = "A page")
    public Page<RequestView> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit)
            throws RefusedCallException, InvalidValueException, IntegrityException {
        return sharing.requests(
                Parameters.optionalConstant("state", RequestState.class, state), after, Parameters.limit(limit));
    }

    /** Searches among referrals. */
    @POST
    @Path("/search")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Find referrals by words",
            description =
                    "Role doctor: what was referred to her, by the words that the senders gave along, at most four at a time. The newest 64"
                            + " referrals are tested; `cut` says that there are older ones, and `next` searches among those. Neither cloud"
                            + " learns a word or which referrals match; `learned` says what they do learn. All or nothing: if a cloud does"
                            + " not answer, there is no part of a result.")
    @APIResponse(responseCode = "200", description = "What was found, newest first, and whether all was tested")
    @APIResponse(responseCode = "400", description = "No word, too many, too long ones, or a code that is none")
    @APIResponse(responseCode = "429", description = "As many tests as a cloud makes for one person in an hour")
    public InboxResult find(@Nullable InboxSearchBody body, @QueryParam("after") @Nullable String after)
            throws RefusedCallException, InvalidValueException, TooManyTestsException, IntegrityException {
        SearchQuery query = Bodies.required(body).toQuery();
        return inbox.find(query.keywords(), query.all(), after);
    }

    /** One request. */
    @GET
    @Path("/{id}")
    @Operation(summary = "Read a request")
    @APIResponse(responseCode = "200", description = "The request")
    public RequestView get(@PathParam("id") String id) throws NoSuchRequestException, IntegrityException {
        return sharing.get(known(id));
    }

    /** Approves. */
    @POST
    @Path("/{id}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Approve a request",
            description =
                    "Role data-owner; needs a fresh sign-in. Answers the partial key once (handover show, the default) or"
                            + " seals it to the requester, in whose inbox it waits (handover seal). A retry with the same"
                            + " Idempotency-Key within a quarter of an hour answers the same key.")
    @APIResponse(
            responseCode = "200",
            description = "The grant, its partial key and its end",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Approval")))
    @APIResponse(responseCode = "409", description = "Decided before")
    public Response approve(
            @PathParam("id") String id,
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @Nullable ApprovalBody body)
            throws Exception {
        ApprovalBody given = Bodies.required(body);
        @Nullable Handover handover = Parameters.optionalConstant("handover", Handover.class, given.handover());
        return idempotency
                .onceInSecret(
                        key,
                        "POST /requests/" + id + "/approve " + given,
                        () -> approved(known(id), given, handover == null ? Handover.SHOW : handover))
                .toResponse();
    }

    private Outcome approved(UUID request, ApprovalBody given, Handover handover) throws Exception {
        Instant expires = Parameters.expiry(given.expires(), clock.instant());
        Approval approval = sharing.approve(request, expires, handover);
        return new Outcome(
                200,
                null,
                new ApprovalAnswer(approval.grant(), approval.partialKey().orElse(null), approval.expires()));
    }

    /** Denies. */
    @POST
    @Path("/{id}/deny")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Deny a request", description = "Role data-owner.")
    @APIResponse(responseCode = "200", description = "The request as it is now")
    @APIResponse(responseCode = "409", description = "Decided before")
    public RequestView deny(@PathParam("id") String id, @Nullable DenialBody body)
            throws NoSuchRequestException, RequestDecidedException, InvalidValueException, IntegrityException {
        UUID request = known(id);
        @Nullable String reason = body == null ? null : body.reason();
        sharing.deny(request, reason == null ? "" : reason);
        return sharing.get(request);
    }

    private static UUID known(String id) throws NoSuchRequestException {
        return Parameters.id(id).orElseThrow(NoSuchRequestException::new);
    }
}
