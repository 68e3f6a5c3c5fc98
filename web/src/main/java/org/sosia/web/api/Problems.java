package org.sosia.web.api;

import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sosia.alerts.NoSuchIncidentException;
import org.sosia.attributes.NoSuchAttributeException;
import org.sosia.ceremony.CeremonyRefusedException;
import org.sosia.ceremony.NoSuchCeremonyException;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.emergency.EmergencyRefusedException;
import org.sosia.emergency.EmergencyWaitsException;
import org.sosia.emergency.NoSuchEmergencyException;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.imaging.UnsupportedImageException;
import org.sosia.issuing.NoSuchOrderException;
import org.sosia.issuing.OrderRefusedException;
import org.sosia.jobs.NoSuchJobException;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.outsourcing.OutsourcingOffException;
import org.sosia.patients.NoSuchPatientException;
import org.sosia.policies.RecordChangedException;
import org.sosia.records.NotEnoughCopiesException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.registration.NoSuchPersonException;
import org.sosia.registration.SecondPersonNeededException;
import org.sosia.retrieval.ProofRequiredException;
import org.sosia.retrieval.RangeNotSatisfiableException;
import org.sosia.rotation.MasterKeySharedException;
import org.sosia.rotation.NoSuchKeyException;
import org.sosia.search.NoSuchSearchException;
import org.sosia.sharing.MayNotReferException;
import org.sosia.sharing.NoPersonKeyException;
import org.sosia.sharing.NoSuchGrantException;
import org.sosia.sharing.NoSuchRequestException;
import org.sosia.sharing.RequestDecidedException;
import org.sosia.sharing.TooManyTestsException;
import org.sosia.similar.NoSuchLeaveException;
import org.sosia.similar.SearchNotGrantedException;
import org.sosia.similar.SearchUnavailableException;
import org.sosia.similar.TooManySearchesException;
import org.sosia.statements.UnreadableStatementException;
import org.sosia.upload.ContentFault;
import org.sosia.upload.EmptyFileException;
import org.sosia.upload.InterruptedUploadException;
import org.sosia.upload.PolicyRefusedException;
import org.sosia.upload.TooLargeException;
import org.sosia.upload.TooManyUploadsException;
import org.sosia.upload.UnheldAttributeException;
import org.sosia.upload.UnknownPatientException;
import org.sosia.upload.UnsupportedContentException;

/** Which problem each refusal is. The names are part of the interface: docs and programs rely on them. */
final class Problems {
    private static final Map<Class<? extends Throwable>, Function<Throwable, Problem>> KNOWN = new HashMap<>();

    static {
        on(RefusedCallException.class, RefusedCallException::problem);
        absences();
        values();
        uploads();
        states();
    }

    private Problems() {}

    /** The problem that this refusal is, or the one that the refusal it wraps is; empty for a bug. */
    static Optional<Problem> of(Throwable refusal) {
        Optional<Problem> multipart = multipart(refusal);
        if (multipart.isPresent()) {
            return multipart;
        }
        for (@Nullable Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            Function<Throwable, Problem> known = KNOWN.get(cause.getClass());
            if (known != null) {
                return Optional.of(known.apply(cause));
            }
            if (!isWrapper(cause)) {
                break;
            }
        }
        return general(refusal);
    }

    private static void absences() {
        on(NoSuchRecordException.class, e -> absent("record"));
        on(NoSuchPatientException.class, e -> absent("patient"));
        on(UnknownPatientException.class, e -> absent("patient"));
        on(NoSuchRequestException.class, e -> absent("request"));
        on(NoSuchGrantException.class, e -> absent("grant"));
        on(NoSuchEmergencyException.class, e -> absent("emergency"));
        on(NoSuchIncidentException.class, e -> absent("alert"));
        on(NoSuchPersonException.class, e -> absent("registration"));
        on(NoSuchAttributeException.class, e -> absent("attribute"));
        on(NoSuchLeaveException.class, e -> absent("leave"));
        on(NoSuchJobException.class, e -> absent("job"));
        on(NoSuchKeyException.class, e -> absent("key"));
        on(NoSuchCeremonyException.class, e -> absent("ceremony"));
        on(NoSuchOrderException.class, e -> absent("order"));
        on(NoSuchSearchException.class, e -> absent("search"));
    }

    private static void values() {
        on(InvalidValueException.class, e -> value(e.field(), e.rule()));
        on(UnreadableStatementException.class, e -> value(e.field(), String.valueOf(e.getMessage())));
        on(JsonbException.class, e -> malformedBody());
        on(JsonException.class, e -> malformedBody());
        on(BodyLimitFilter.BodyTooLargeException.class, e -> BodyLimitFilter.tooLarge());
        on(TypingErrorException.class, e -> typingError());
        on(
                RangeNotSatisfiableException.class,
                e -> Problem.of(
                                416,
                                "range-not-satisfiable",
                                "The range lies outside the content",
                                "The range begins beyond the end of the content.")
                        .header("Content-Range", "bytes */" + e.size()));
    }

    private static void uploads() {
        on(
                EmptyFileException.class,
                e -> Problem.of(400, "empty-file", "The file is empty", "The file has no bytes; nothing was stored."));
        on(
                UnsupportedContentException.class,
                e -> Problem.of(
                                415,
                                "unsupported-content",
                                "The content is not accepted",
                                sentence(e.reason()) + " Nothing was stored. " + advice(e.fault()))
                        .with("code", code(e.fault())));
        on(
                UnsupportedImageException.class,
                e -> Problem.of(
                        415,
                        "unsupported-image",
                        "The image cannot be searched with",
                        sentence(e.reason()) + " Nothing was searched or kept. Bring a DICOM, PNG or JPEG image."));
        on(TooLargeException.class, e -> tooLarge(e.limit()));
        on(TooManyUploadsException.class, e -> tooManyUploads());
        on(
                PolicyRefusedException.class,
                e -> Problem.of(
                                400,
                                "policy-syntax",
                                "The policy cannot be understood",
                                "At position " + e.position() + ": expected "
                                        + e.expected().text() + "; nothing was changed.")
                        .with("position", e.position())
                        .with("expected", e.expected().text())
                        .with("code", code(e.expected())));
        on(
                UnheldAttributeException.class,
                e -> Problem.of(
                                400,
                                "attribute-unheld",
                                "Nobody holds an attribute of the policy",
                                "Nobody registered holds " + e.attribute()
                                        + ", so nobody could ever open the record; nothing was changed.")
                        .with("attribute", e.attribute()));
        on(
                InterruptedUploadException.class,
                e -> Problem.of(
                        400,
                        "interrupted-upload",
                        "The upload was interrupted",
                        "The body ended before the file did; nothing was stored. Send it again."));
    }

    private static String sentence(String reason) {
        return Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".";
    }

    private static String advice(ContentFault fault) {
        return switch (fault) {
            case TRUNCATED -> "Send the whole file.";
            case CONTRADICTION, DISGUISED, NOT_TEXT -> "Send it under the name and type that its content is.";
            case TOO_COMPLEX, TOO_MANY_PIXELS, TOO_LARGE -> "Send it in parts.";
            case MALFORMED, TRAILING -> "Export the file anew where it comes from.";
            case PROGRAM, ACTIVE, REFERENCE, TYPE -> "Send it as a document or an image that does nothing by itself.";
        };
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void states() {
        on(
                RequestDecidedException.class,
                e -> Problem.of(
                                409,
                                "already-decided",
                                "The request was decided before",
                                "The request is " + e.state() + "; a decision is made once.")
                        .with("state", e.state()));
        on(
                NoPersonKeyException.class,
                e -> Problem.of(
                        409,
                        "no-person-key",
                        "The requester has no key to seal to",
                        "Approve with handover \"show\" and hand the partial key over yourself."));
        on(EmergencyRefusedException.class, e -> {
            Problem problem = Problem.of(
                            409,
                            "emergency-refused",
                            "The plea is not taken",
                            "Nothing of it was kept; the code says why. If it is urgent, call.")
                    .with("code", code(e.why()));
            return e.contact().map(contact -> problem.with("contact", contact)).orElse(problem);
        });
        on(
                EmergencyWaitsException.class,
                e -> Problem.of(
                        409,
                        "emergency-waits",
                        "Too few trustees have answered",
                        "Nothing was opened. Wait for the trustees, or call whom the plea names."));
        on(
                CeremonyRefusedException.class,
                e -> Problem.of(
                                409,
                                "ceremony-refused",
                                "A step of the ceremony is refused",
                                "Look at how far the ceremony is, and who has still to do what.")
                        .with("code", code(e.why())));
        on(
                MasterKeySharedException.class,
                e -> Problem.of(
                        409,
                        "master-key-shared",
                        "A council holds the master key",
                        "Renew the council: old shares are worthless then. The master key itself stays what it is as long as councils cannot be founded anew."));
        on(
                OutsourcingOffException.class,
                e -> Problem.of(
                        403,
                        "outsourcing-off",
                        "Outsourced encryption is off",
                        "Lock by yourself: this hospital does not hand halves of secrets to its clouds."));
        on(
                OrderRefusedException.class,
                e -> Problem.of(
                                409,
                                "order-refused",
                                "The order is not taken further",
                                "Read the order again; the code says what stands in the way.")
                        .with("code", code(e.why())));
        on(
                RecordChangedException.class,
                e -> Problem.of(
                        409,
                        "record-changed",
                        "The record was changed meanwhile",
                        "Another change of this record came first; nothing of this one was kept. Read it again and decide anew."));
        on(NotEnoughCopiesException.class, Problems::tooFewCopies);
        on(
                MayNotReferException.class,
                e -> Problem.of(
                        403,
                        "may-not-refer",
                        "You may not refer this record",
                        "Nothing was referred. A doctor refers what she was approved for herself, where the hospital allows it."));
        on(
                SecondPersonNeededException.class,
                e -> Problem.of(
                        403,
                        "second-person-needed",
                        "Somebody else has to approve",
                        "You registered this person. A cloud operator or key authority with another account approves her."));
        on(StepUpRequiredException.class, e -> stepUp(e.maxAge().toSeconds()));
        on(
                ProofRequiredException.class,
                e -> Problem.of(
                        403,
                        "proof-required",
                        "The gate of this record has not been passed",
                        "Show the partial key for this record first."));
        on(
                SearchNotGrantedException.class,
                e -> Problem.of(
                                403,
                                "search-not-granted",
                                "The pruned mode is not allowed",
                                "Some of the images that you may search do not allow it. Search in the sealed mode.")
                        .with("refused", e.refused())
                        .with("searchable", e.rows()));
        on(TooManySearchesException.class, e -> tooManySearches());
        on(TooManyTestsException.class, e -> tooManySearches());
        on(
                SearchUnavailableException.class,
                e -> Problem.of(
                                503,
                                "search-unavailable",
                                "There is no result now",
                                "One of the two servers does not answer, or they hold different rows. There is no part of a result."
                                        + " Try again.")
                        .header("Retry-After", "5"));
        on(StoreUnavailableException.class, e -> unavailable());
        on(IntegrityException.class, e -> damaged());
        // Found behind the first chunk, and before the answer was on its way.
        on(TamperedContentException.class, e -> damaged());
        on(EJBAccessException.class, e -> notAllowed());
        // What the server throws instead where the door was injected by CDI.
        on(AccessLocalException.class, e -> notAllowed());
    }

    private static Problem tooManySearches() {
        return Problem.of(
                        429,
                        "too-many-searches",
                        "Too many searches",
                        "As many searches were made in the last hour as are answered. Try again later.")
                .header("Retry-After", "600");
    }

    private static Problem tooFewCopies(NotEnoughCopiesException refused) {
        Problem problem = Problem.of(
                409,
                "too-few-copies",
                "The record cannot be put back",
                "It is damaged, and too few places hold a good copy of it; nothing was changed. The members say what each place"
                        + " holds. Ask again when one that is unreachable answers, or hand the record in again.");
        refused.held().forEach(share -> problem.with(share.place(), share.state()));
        return problem;
    }

    private static Optional<Problem> general(Throwable refusal) {
        if (refusal instanceof WebApplicationException http) {
            return Optional.of(http(http));
        }
        // The body's reader wraps whatever it does not understand.
        return refusal instanceof ProcessingException ? Optional.of(malformedBody()) : Optional.empty();
    }

    private static Problem http(WebApplicationException refusal) {
        int status = refusal.getResponse().getStatus();
        return switch (status) {
            case 400 -> malformedBody();
            case 401 ->
                Problem.of(401, "token-required", "An access token is needed", "Send a bearer token.")
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sosia\"");
            case 403 -> notAllowed();
            case 404 ->
                Problem.of(404, "not-found", "There is no such address", "Look at /openapi for those there are.");
            case 405 ->
                allowing(
                        Problem.of(
                                405, "method-not-allowed", "The method is not allowed here", "See the header Allow."),
                        refusal);
            case 406 -> Problem.of(406, "not-acceptable", "No such form", "This address answers JSON.");
            case 415 ->
                Problem.of(
                        415,
                        "unsupported-media-type",
                        "The body's type is not accepted here",
                        "See /openapi for the type.");
            default ->
                Problem.of(status, "http-" + status, "The request was not carried out", "Status " + status + ".");
        };
    }

    private static Problem allowing(Problem problem, WebApplicationException refusal) {
        @Nullable
        String allow = refusal instanceof NotAllowedException
                ? refusal.getResponse().getHeaderString(HttpHeaders.ALLOW)
                : null;
        return allow == null ? problem : problem.header(HttpHeaders.ALLOW, allow);
    }

    private static Optional<Problem> multipart(Throwable refusal) {
        for (@Nullable Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof MultipartProblemException body) {
                MultipartProblemException.Kind kind = body.kind();
                return Optional.of(Problem.of(
                        kind.status(),
                        kind.type(),
                        kind.title(),
                        "Send multipart/form-data with the part metadata (JSON) first and the part file second."));
            }
        }
        return Optional.empty();
    }

    private static boolean isWrapper(Throwable cause) {
        return cause instanceof EJBException || cause instanceof ProcessingException;
    }

    private static Problem absent(String what) {
        return Problem.of(
                404, "no-such-" + what, "No such " + what, "There is no such " + what + ", or it is not yours.");
    }

    private static Problem value(String field, String rule) {
        return Problem.of(400, "invalid-value", "A value cannot be taken", field + ": " + rule)
                .with("field", field);
    }

    static Problem typingError() {
        return Problem.of(
                400,
                "typing-error",
                "The partial key is mistyped",
                "Its check character does not fit. Compare it with the original and try again; nothing was counted.");
    }

    static Problem malformedBody() {
        return Problem.of(
                400, "malformed-body", "The request cannot be read", "The body is not the JSON that is expected here.");
    }

    static Problem notAllowed() {
        return Problem.of(403, "not-allowed", "Your role does not allow this", "Sign in with a role that does.");
    }

    static Problem tooLarge(long limit) {
        return Problem.of(
                        413,
                        "too-large",
                        "The file is too large",
                        "A file has at most " + limit + " bytes; nothing was stored.")
                .with("limit", limit);
    }

    private static Problem damaged() {
        return Problem.of(
                500,
                "integrity",
                "What is stored fails its verification",
                "It is damaged or was tampered with, so nothing of it was released. The security desk was told.");
    }

    static Problem unavailable() {
        return Problem.of(
                        503,
                        "store-unavailable",
                        "A store is unavailable",
                        "Nothing was acknowledged and nothing was released. Try again, or follow the downtime procedure.")
                .header("Retry-After", "5");
    }

    /** The rest of the body is not waited for. */
    private static Problem tooManyUploads() {
        return Problem.of(
                        503,
                        "too-many-uploads",
                        "Too many uploads are under way",
                        "Nothing of this one was kept. Try again a little later.")
                .header("Retry-After", "10")
                .header("Connection", "close");
    }

    /** RFC 9470: sign in again, with the second factor, not longer ago than that. */
    private static Problem stepUp(long maxAgeSeconds) {
        return Problem.of(
                        401,
                        "step-up-required",
                        "A fresh sign-in is needed",
                        "Sign in again with the second factor; the last one is too long ago for this.")
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer error=\"insufficient_user_authentication\", error_description=\"a fresh sign-in with the"
                                + " second factor is needed\", acr_values=\"2\", max_age=\"" + maxAgeSeconds + "\"");
    }

    private static <E extends Throwable> void on(Class<E> refusal, Function<E, Problem> problem) {
        KNOWN.put(refusal, thrown -> problem.apply(refusal.cast(thrown)));
    }
}
