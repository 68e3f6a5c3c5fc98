package org.sosia.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.decoy.RecordKind;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.policies.Policies;
import org.sosia.policies.PolicyReceipt;
import org.sosia.policies.RecordChangedException;
import org.sosia.records.NotEnoughCopiesException;
import org.sosia.recovery.Recovery;
import org.sosia.recovery.RestorationReceipt;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.ByteRange;
import org.sosia.retrieval.ProofRequiredException;
import org.sosia.retrieval.RangeNotSatisfiableException;
import org.sosia.retrieval.RecordContent;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.retrieval.SealedView;
import org.sosia.sharing.Referrals;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.Sharing;
import org.sosia.upload.InterruptedUploadException;
import org.sosia.upload.PolicyRefusedException;
import org.sosia.upload.RecordMetadata;
import org.sosia.upload.RecordReceipt;
import org.sosia.upload.UnheldAttributeException;
import org.sosia.upload.Upload;
import org.sosia.verification.Verification;
import org.sosia.verification.VerificationReceipt;
import org.sosia.web.api.Bodies.MetadataBody;
import org.sosia.web.api.Idempotency.Outcome;

/** {@code /records}. */
@Path("/records")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(ref = "records")
public class RecordsResource {
    static final String PARTIAL_KEY = "Sosia-Partial-Key";

    /** Metadata, two part headers and three boundaries at their largest stay below. */
    private static final long ENVELOPING_BYTES = 128 * 1024;

    private static final String READY = "READY";

    private static final JsonShape JSON = new JsonShape();

    @Inject
    Upload upload;

    @Inject
    Retrieval retrieval;

    @Inject
    Sharing sharing;

    @Inject
    Verification verification;

    @Inject
    Recovery recovery;

    @Inject
    Policies policies;

    @Inject
    Referrals referrals;

    @Inject
    Idempotency idempotency;

    @Inject
    @ConfigProperty(name = "sosia.upload.max-bytes", defaultValue = "8589934592")
    long maxBytes;

    @Context
    UriInfo address;

    @Context
    HttpHeaders headers;

    Clock clock = Clock.systemUTC();

    /** Takes a record in, as it arrives. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Seal and store a record",
            description =
                    "Role data-owner. Two parts in this order: metadata (JSON), file. 201 when it is visible, 202 when it is"
                            + " stored durably and becomes visible a little later.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = Bodies.UploadForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "Stored and visible; Location names the record",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RecordReceipt")))
    @APIResponse(
            responseCode = "202",
            description = "Stored; visible a little later",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RecordReceipt")))
    public Response upload(@HeaderParam(Idempotency.HEADER) @Nullable String key, InputStream body) throws Exception {
        long announced = announced(headers.getHeaderString(HttpHeaders.CONTENT_LENGTH));
        if (announced > maxBytes + ENVELOPING_BYTES) {
            throw new RefusedCallException(Problems.tooLarge(maxBytes).header("Connection", "close"));
        }
        return idempotency
                .once(key, "POST /records " + announced, () -> {
                    MultipartUpload parts =
                            MultipartUpload.begin(headers.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
                    RecordReceipt receipt = received(parts, metadata(parts.metadata()), announced);
                    URI location = address.getAbsolutePathBuilder()
                            .path(receipt.id().toString())
                            .build();
                    return new Outcome(receipt.state().equals(READY) ? 201 : 202, location, receipt);
                })
                .toResponse();
    }

    /** Lists records. */
    @GET
    @Operation(summary = "List records", description = "Newest first, of the hospital the caller is in.")
    @APIResponse(responseCode = "200", description = "A page")
    public Page<RecordView> list(
            @QueryParam("patient") @Nullable String patient,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit)
            throws InvalidValueException, RefusedCallException, IntegrityException {
        @Nullable UUID of = patient == null || patient.isEmpty() ? null : Parameters.requiredId("patient", patient);
        @Nullable RecordKind only = Parameters.optionalConstant("kind", RecordKind.class, kind);
        return retrieval.list(of, only == null ? null : only.text(), after, Parameters.limit(limit));
    }

    /** One record's metadata. */
    @GET
    @Path("/{id}")
    @Operation(summary = "Read a record's metadata")
    @APIResponse(responseCode = "200", description = "The metadata")
    public RecordView get(@PathParam("id") String id) throws NoSuchRecordException, IntegrityException {
        return retrieval.get(known(id));
    }

    /** A record's content. */
    @GET
    @Path("/{id}/content")
    @Produces(MediaType.WILDCARD)
    @Operation(
            summary = "Read a record's content",
            description =
                    "The original with every proof, else its double, with the same headers. One byte range is served.")
    @APIResponse(responseCode = "200", description = "The content")
    @APIResponse(responseCode = "206", description = "The part asked for")
    public Response content(
            @PathParam("id") String id,
            @HeaderParam(PARTIAL_KEY) @Nullable String partialKey,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange)
            throws Exception {
        return ContentAnswer.whole(opened(known(id), partialKey, range, ifRange));
    }

    /** The head of a record's content: the same proofs and the same audit entry as for the content itself. */
    @HEAD
    @Path("/{id}/content")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "Read the head of a record's content")
    @APIResponse(responseCode = "200", description = "The head")
    public Response contentHead(
            @PathParam("id") String id,
            @HeaderParam(PARTIAL_KEY) @Nullable String partialKey,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange)
            throws Exception {
        return ContentAnswer.headOnly(opened(known(id), partialKey, range, ifRange));
    }

    /** The sealed form. */
    @GET
    @Path("/{id}/envelope")
    @Operation(summary = "Look at the sealed form as stored", description = "Role cloud-operator. Never plaintext.")
    @APIResponse(responseCode = "200", description = "The sealed form")
    public SealedView envelope(@PathParam("id") String id) throws NoSuchRecordException, IntegrityException {
        return retrieval.envelope(known(id));
    }

    /** Deletes a record. */
    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a record", description = "Role data-owner, own records.")
    @APIResponse(responseCode = "204", description = "Gone")
    public void delete(@PathParam("id") String id) throws NoSuchRecordException, IntegrityException {
        retrieval.delete(known(id));
    }

    /** Checks a record as stored. */
    @POST
    @Path("/{id}/verify")
    @Operation(
            summary = "Check signature and stored content",
            description = "Roles data-owner, patient. A signed receipt.")
    @APIResponse(responseCode = "200", description = "The receipt")
    public VerificationReceipt verify(@PathParam("id") String id) throws NoSuchRecordException, IntegrityException {
        return verification.verify(known(id));
    }

    /** Puts a lost or damaged record back. */
    @POST
    @Path("/{id}/recover")
    @Operation(
            summary = "Put a lost or damaged record back from its recovery copies",
            description =
                    "Roles data-owner (own records), patient (records about her). Written only after it was compared with what"
                            + " the owner signed; may be repeated. A signed receipt: what was damaged, what was put back, from which places.")
    @APIResponse(responseCode = "200", description = "The receipt")
    @APIResponse(
            responseCode = "409",
            description = "Damaged, and too few places hold a good copy; nothing was changed")
    public RestorationReceipt recover(@PathParam("id") String id)
            throws NoSuchRecordException, NotEnoughCopiesException, IntegrityException {
        return recovery.recover(known(id));
    }

    /** Asks for a record. */
    @POST
    @Path("/{id}/requests")
    @Consumes(MediaType.APPLICATION_JSON)
    @Tag(ref = "sharing")
    @Operation(
            summary = "Ask for a record",
            description = "Roles doctor, patient. Purposes are HL7 v3 codes such as TREAT.")
    @APIResponse(
            responseCode = "201",
            description = "Asked; Location names the request",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RequestView")))
    public Response request(
            @PathParam("id") String id,
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            Bodies.@Nullable RequestBody body)
            throws Exception {
        UUID record = known(id);
        Bodies.RequestBody given = Bodies.required(body);
        return idempotency
                .once(key, "POST /records/" + record + "/requests " + given, () -> {
                    RequestView made = sharing.request(
                            record,
                            Parameters.required("purpose", given.purpose()),
                            Objects.requireNonNullElse(given.note(), ""));
                    URI location = address.getBaseUriBuilder()
                            .path("requests")
                            .path(made.id().toString())
                            .build();
                    return new Outcome(201, location, made);
                })
                .toResponse();
    }

    /** Changes who may open a record. */
    @PUT
    @Path("/{id}/policy")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give a record another policy",
            description =
                    "Role data-owner; needs a fresh sign-in. Headers only: the content stays as it is. Whoever satisfies the"
                            + " old policy alone opens nothing from when this answers; the answer is a signed receipt.")
    @APIResponse(responseCode = "200", description = "The receipt")
    @APIResponse(responseCode = "409", description = "Another change came first")
    public PolicyReceipt policy(@PathParam("id") String id, Bodies.@Nullable PolicyBody body)
            throws RefusedCallException, NoSuchRecordException, PolicyRefusedException, UnheldAttributeException,
                    RecordChangedException, StepUpRequiredException, IntegrityException {
        UUID record = known(id);
        Bodies.PolicyBody given = Bodies.required(body);
        return policies.update(record, Parameters.required("policy", given.policy()));
    }

    /** Refers a record to a doctor. */
    @POST
    @Path("/{id}/referrals")
    @Consumes(MediaType.APPLICATION_JSON)
    @Tag(ref = "sharing")
    @Operation(
            summary = "Refer a record to a doctor",
            description =
                    "Roles patient (her own record), data-owner, doctor (with an approval of her own, for no longer than it"
                            + " lasts); needs a fresh sign-in. The partial key waits in that doctor's inbox. By the `keywords`, at most"
                            + " 16, she can find the referral (`POST /requests/search`); no cloud learns them, or how many there are.")
    @APIResponse(
            responseCode = "201",
            description = "Referred; Location names it among the requests",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RequestView")))
    public Response refer(
            @PathParam("id") String id,
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            Bodies.@Nullable ReferralBody body)
            throws Exception {
        UUID record = known(id);
        Bodies.ReferralBody given = Bodies.required(body);
        Instant expires = Parameters.expiry(given.expires(), clock.instant());
        return idempotency
                .once(key, "POST /records/" + record + "/referrals " + given, () -> {
                    RequestView made = referrals.refer(
                            record,
                            Parameters.required("to", given.to()),
                            expires,
                            Objects.requireNonNullElse(given.note(), ""),
                            given.words());
                    URI location = address.getBaseUriBuilder()
                            .path("requests")
                            .path(made.id().toString())
                            .build();
                    return new Outcome(201, location, made);
                })
                .toResponse();
    }

    private RecordContent opened(
            UUID record, @Nullable String partialKey, @Nullable String range, @Nullable String ifRange)
            throws NoSuchRecordException, IntegrityException, TypingErrorException, RangeNotSatisfiableException,
                    ProofRequiredException, IOException {
        @Nullable String key = partialKey == null || partialKey.isBlank() ? null : partialKey;
        @Nullable ByteRange part = Ranges.parse(range).orElse(null);
        RecordContent content = retrieval.open(record, key, part);
        if (part != null && ifRange != null && !ifRange.equals('"' + content.etag() + '"')) {
            content.body().close();
            return retrieval.open(record, key, null);
        }
        return content;
    }

    private RecordReceipt received(MultipartUpload parts, RecordMetadata metadata, long announced) throws Exception {
        try {
            return upload.upload(
                    metadata, parts.file(), parts.fileName(), declared(parts), parts.expectedBytes(announced));
        } catch (InterruptedUploadException interrupted) {
            if (parts.problem().isPresent()) {
                throw parts.problem().get();
            }
            throw interrupted;
        }
    }

    private static RecordMetadata metadata(byte[] part) throws RefusedCallException {
        try {
            String text = new String(part, StandardCharsets.UTF_8);
            @Nullable MetadataBody body = JSON.getContext(MetadataBody.class).fromJson(text, MetadataBody.class);
            return Bodies.required(body).toMetadata();
        } catch (JsonbException malformed) {
            throw new RefusedCallException(Problems.malformedBody());
        }
    }

    // HttpHeaders.getLength is an int: it says -1 of 2 GiB and more.
    private static long announced(@Nullable String length) {
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }

    private static String declared(MultipartUpload parts) {
        @Nullable String type = parts.fileType();
        return type == null ? MediaType.APPLICATION_OCTET_STREAM : type;
    }

    private static UUID known(String id) throws NoSuchRecordException {
        return Parameters.id(id).orElseThrow(NoSuchRecordException::new);
    }
}
