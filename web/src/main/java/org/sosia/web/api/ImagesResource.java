package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.indexing.Sight;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.similar.NoSuchLeaveException;
import org.sosia.similar.SearchLeave;
import org.sosia.similar.SearchLeaves;
import org.sosia.similar.SimilarImages;
import org.sosia.similar.Similarity;
import org.sosia.similar.Wish;

/** {@code /images}. */
@Path("/images")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "search")
public class ImagesResource {
    private static final int DEFAULT_K = 10;

    private static final JsonShape JSON = new JsonShape();

    @Inject
    Similarity similarity;

    @Inject
    SearchLeaves leaves;

    @Context
    HttpHeaders headers;

    Clock clock = Clock.systemUTC();

    /** Searches. */
    @POST
    @Path("/nearest")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Find the most similar images",
            description =
                    "Role doctor. Exact over the indexed vectors, among the images whose records were approved for the caller or"
                            + " whose owners gave leave. Either multipart with the part image (DICOM, PNG, JPEG) and k, extractor,"
                            + " mode beside it, or JSON that names a record, opened as /records/{id}/content would open it. Neither"
                            + " cloud learns an image, the query, a distance or a result. mode is sealed (the default) or pruned.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA,
                        schema = @Schema(implementation = Bodies.ImageForm.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Bodies.NearestBody.class))
            })
    @APIResponse(responseCode = "200", description = "The most similar first")
    @APIResponse(responseCode = "415", description = "The image cannot be read; the detail names what is missing")
    @APIResponse(responseCode = "429", description = "Too many searches in the last hour")
    public SimilarImages nearest(
            @HeaderParam(RecordsResource.PARTIAL_KEY) @Nullable String partialKey, InputStream body) throws Exception {
        @Nullable MediaType type = headers.getMediaType();
        if (type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            Bodies.NearestBody given = json(body);
            @Nullable Integer k = given.k();
            return similarity.nearestTo(
                    Parameters.requiredId("record", given.record()),
                    partialKey == null || partialKey.isBlank() ? null : partialKey,
                    wish(k == null ? DEFAULT_K : k, given.extractor(), given.mode()));
        }
        MultipartImage form = MultipartImage.read(headers.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
        return similarity.nearest(
                form.image(), wish(number(form.value("k")), form.value("extractor"), form.value("mode")));
    }

    private static Bodies.NearestBody json(InputStream body) throws Exception {
        try {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return Bodies.required(JSON.getContext(Bodies.NearestBody.class).fromJson(text, Bodies.NearestBody.class));
        } catch (JsonbException malformed) {
            throw new RefusedCallException(Problems.malformedBody());
        }
    }

    private static int number(@Nullable String text) throws RefusedCallException {
        if (text == null || text.isEmpty()) {
            return DEFAULT_K;
        }
        if (!text.matches("[0-9]{1,4}")) {
            throw RefusedCallException.value("k", "must be a number");
        }
        return Integer.parseInt(text);
    }

    private static Wish wish(int k, @Nullable String extractor, @Nullable String mode) throws RefusedCallException {
        if (mode != null && !mode.isEmpty() && !mode.equals("sealed") && !mode.equals("pruned")) {
            throw RefusedCallException.value("mode", "must be sealed or pruned");
        }
        return new Wish(k, extractor, "pruned".equals(mode));
    }

    /** Whether a record is found by searches. */
    @GET
    @Path("/{record}")
    @Operation(
            summary = "Read whether a record is found by searches",
            description =
                    "Roles data-owner, doctor. UNSUPPORTED comes with the reason; the record itself is stored all the same.")
    @APIResponse(responseCode = "200", description = "INDEXED, WAITING, UNSUPPORTED or NO_IMAGE")
    public Sight sight(@PathParam("record") String record) throws NoSuchRecordException, IntegrityException {
        return similarity.sight(Parameters.id(record).orElseThrow(NoSuchRecordException::new));
    }

    /** Gives leave to search. */
    @POST
    @Path("/leaves")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let a doctor search all one's images",
            description =
                    "Role data-owner. Opens no record. distances: she learns distances too. pruned: she may let both clouds see"
                            + " which images are near a query.")
    @APIResponse(
            responseCode = "200",
            description = "The leave",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SearchLeave")))
    public SearchLeave give(Bodies.@Nullable LeaveBody body)
            throws RefusedCallException, InvalidValueException, IntegrityException {
        Bodies.LeaveBody given = Bodies.required(body);
        return leaves.give(
                Parameters.required("to", given.to()),
                Boolean.TRUE.equals(given.distances()),
                Boolean.TRUE.equals(given.pruned()),
                Parameters.expiry(given.expires(), clock.instant()));
    }

    /** Lists leaves. */
    @GET
    @Path("/leaves")
    @Operation(summary = "List the leaves to search that one gave", description = "Role data-owner.")
    @APIResponse(responseCode = "200", description = "Those that stand")
    public Bodies.LeavesAnswer list() throws IntegrityException {
        return new Bodies.LeavesAnswer(leaves.list());
    }

    /** Takes a leave back. */
    @DELETE
    @Path("/leaves/{id}")
    @Operation(summary = "Take a leave to search back", description = "Role data-owner.")
    @APIResponse(responseCode = "204", description = "The first cloud refuses its searches from now on")
    public void takeBack(@PathParam("id") String id) throws NoSuchLeaveException {
        UUID leave = Parameters.id(id).orElseThrow(NotFoundException::new);
        leaves.takeBack(leave);
    }
}
