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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.refusal.InvalidValueException;
import org.sosia.search.NoSuchSearchException;
import org.sosia.search.SavedSearch;
import org.sosia.search.Search;
import org.sosia.search.SearchResult;
import org.sosia.web.api.Bodies.SavedSearchAnswer;
import org.sosia.web.api.Bodies.SavedSearchBody;
import org.sosia.web.api.Bodies.SavedSearchesAnswer;
import org.sosia.web.api.Bodies.SearchBody;
import org.sosia.web.api.Bodies.SuggestionsAnswer;

/** {@code /search}. */
@Path("/search")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "search")
public class SearchResource {
    @Inject
    Search search;

    /** Searches. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Find records by words",
            description =
                    "Roles data-owner (her own records), doctor (records granted to her now). Neither cloud learns a word; `learned`"
                            + " says what each of them did learn. All or nothing: if a cloud does not answer, there is no part of a result.")
    @APIResponse(responseCode = "200", description = "A page, newest first; after=oldest turns it round")
    @APIResponse(responseCode = "400", description = "No word, too many, too long ones, or a code that is none")
    public SearchResult find(
            @Nullable SearchBody body,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit)
            throws InvalidValueException, RefusedCallException {
        SearchBody given = Bodies.required(body);
        return search.find(given.toQuery(), after, Parameters.limit(limit));
    }

    /** Suggests. */
    @GET
    @Path("/suggestions")
    @Operation(
            summary = "List words with which the caller found something before",
            description = "Roles data-owner, doctor. Her own words only, the latest first.")
    @APIResponse(responseCode = "200", description = "At most ten words")
    public SuggestionsAnswer suggestions(@QueryParam("prefix") @Nullable String prefix) {
        return new SuggestionsAnswer(search.suggest(Objects.requireNonNullElse(prefix, "")));
    }

    /** Kept searches. */
    @GET
    @Path("/saved")
    @Operation(summary = "List the caller's saved searches", description = "Roles data-owner, doctor.")
    @APIResponse(responseCode = "200", description = "The searches, in the order in which they were saved")
    public SavedSearchesAnswer saved() {
        return new SavedSearchesAnswer(
                search.saved().stream().map(SavedSearchAnswer::of).toList());
    }

    /** Keeps a search. */
    @POST
    @Path("/saved")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Save a search", description = "Roles data-owner, doctor. Sealed; nobody else sees it.")
    @APIResponse(
            responseCode = "201",
            description = "Saved",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SavedSearch")))
    public Response save(@Nullable SavedSearchBody body) throws InvalidValueException, RefusedCallException {
        SavedSearchBody given = Bodies.required(body);
        SavedSearch saved = search.save(
                Parameters.required("name", given.name()),
                Bodies.required(given.search()).toQuery());
        return Response.status(Response.Status.CREATED)
                .entity(SavedSearchAnswer.of(saved))
                .build();
    }

    /** Forgets a search. */
    @DELETE
    @Path("/saved/{id}")
    @Operation(summary = "Forget a saved search", description = "Roles data-owner, doctor.")
    @APIResponse(responseCode = "204", description = "Forgotten")
    public void forget(@PathParam("id") String id) throws NoSuchSearchException {
        search.forget(Parameters.id(id).orElseThrow(NoSuchSearchException::new));
    }
}
