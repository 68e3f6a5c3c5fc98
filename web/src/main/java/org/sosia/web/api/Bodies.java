package org.sosia.web.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sosia.audit.ChainVerdict;
import org.sosia.ceremony.CeremonyView;
import org.sosia.decoy.RecordKind;
import org.sosia.issuing.OrderView;
import org.sosia.keys.SignatureView;
import org.sosia.patients.PatientDetails;
import org.sosia.patients.PatientView;
import org.sosia.records.Sensitivity;
import org.sosia.retrieval.Selection;
import org.sosia.search.SavedSearch;
import org.sosia.search.SearchQuery;
import org.sosia.similar.SearchLeave;
import org.sosia.statements.Judgement;
import org.sosia.upload.RecordMetadata;

/** The JSON bodies, in and out, that are not simply what a door hands out. Everything that comes in may be missing. */
@Schema(hidden = true)
public final class Bodies {
    private Bodies() {}

    /** A patient as handed in. */
    @Schema(name = "PatientDetails")
    public record PatientBody(
            @Nullable String name,
            @Nullable String birthDate,
            @Nullable String sex,
            @Nullable String phone,
            @Nullable String mail,
            @Nullable String address,
            @Nullable Integer pulse,
            @Nullable String ecg,
            @Nullable List<String> symptoms,
            @Nullable String account) {

        PatientDetails toDetails() throws RefusedCallException {
            return new PatientDetails(
                    Parameters.required("name", name),
                    day(birthDate),
                    sex,
                    phone,
                    mail,
                    address,
                    pulse,
                    ecg,
                    symptoms == null ? List.of() : withoutNulls("symptoms", symptoms),
                    account);
        }

        private static @Nullable LocalDate day(@Nullable String text) throws RefusedCallException {
            try {
                return text == null || text.isBlank() ? null : LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw RefusedCallException.value("birthDate", "must be a day such as 1979-04-02");
            }
        }
    }

    /** A patient as shown: the members of what was handed in, and what the hospital adds. */
    @Schema(name = "Patient")
    public record PatientAnswer(
            UUID id,
            String name,
            @Nullable LocalDate birthDate,
            @Nullable String sex,
            @Nullable String phone,
            @Nullable String mail,
            @Nullable String address,
            @Nullable Integer pulse,
            @Nullable String ecg,
            List<String> symptoms,
            @Nullable String account,
            Instant createdAt,
            SignatureView signature) {

        static PatientAnswer of(PatientView view) {
            PatientDetails details = view.details();
            return new PatientAnswer(
                    view.id(),
                    details.name(),
                    details.birthDate(),
                    details.sex(),
                    details.phone(),
                    details.mail(),
                    details.address(),
                    details.pulse(),
                    details.ecg(),
                    details.symptoms(),
                    details.account(),
                    view.createdAt(),
                    view.signature());
        }
    }

    /** A form with an image to search with. */
    @Schema(name = "ImageForm")
    public record ImageForm(
            @Schema(type = SchemaType.STRING, format = "binary")
            String image,

            @Nullable Integer k,
            @Nullable String extractor,
            @Nullable String mode) {}

    /** A record to search with. */
    @Schema(name = "NearestBody")
    public record NearestBody(
            @Nullable String record,
            @Nullable Integer k,
            @Nullable String extractor,
            @Nullable String mode) {}

    /** A leave to search. */
    @Schema(name = "LeaveBody")
    public record LeaveBody(
            @Nullable String to,
            @Nullable Boolean distances,
            @Nullable Boolean pruned,
            @Nullable String expires) {}

    /** The leaves to search that stand. */
    @Schema(name = "Leaves")
    public record LeavesAnswer(List<SearchLeave> items) {}

    /** The id of what was made. */
    @Schema(name = "Made")
    public record Made(UUID id) {}

    /** The metadata part of an upload. */
    @Schema(name = "RecordMetadata")
    public record MetadataBody(
            @Nullable String patient,
            @Nullable String kind,
            @Nullable String sensitivity,
            @Nullable String policy,
            @Nullable List<String> keywords) {

        RecordMetadata toMetadata() throws RefusedCallException {
            return new RecordMetadata(
                    Parameters.requiredId("patient", patient),
                    Parameters.constant("kind", RecordKind.class, kind),
                    Parameters.constant("sensitivity", Sensitivity.class, sensitivity == null ? "medium" : sensitivity),
                    Parameters.required("policy", policy),
                    keywords == null ? List.of() : withoutNulls("keywords", keywords));
        }
    }

    /** The two parts of an upload, for the description only: nothing ever holds a file like this. */
    @Schema(name = "Upload")
    public record UploadForm(
            MetadataBody metadata,

            @Schema(type = SchemaType.STRING, format = "binary")
            String file) {}

    /** What a record is asked for. */
    @Schema(name = "NewRequest")
    public record RequestBody(
            @Nullable String purpose, @Nullable String note) {}

    /** Until when an approval lasts, as an instant or a duration, and how the partial key is handed over: show or seal. */
    @Schema(name = "NewApproval")
    public record ApprovalBody(
            @Nullable String expires, @Nullable String handover) {}

    /** What an approval answers, once; the partial key is null when it was sealed to the requester. */
    @Schema(name = "Approval")
    public record ApprovalAnswer(UUID grant, @Nullable String partialKey, Instant expires) {}

    /** Why a request is denied. */
    @Schema(name = "Denial")
    public record DenialBody(@Nullable String reason) {}

    /** A partial key that waited in the inbox. */
    @Schema(name = "DeliveredKey")
    public record KeyAnswer(UUID grant, String partialKey) {}

    /** What is shown at the gate. */
    @Schema(name = "Proof")
    public record ProofBody(
            @Nullable String record,
            @Nullable String partialKey,
            @Nullable String retrievalKey) {}

    /** What the gate says. */
    @Schema(name = "GateAnswer")
    public record GateAnswer(String result) {}

    /** Somebody to register. */
    @Schema(name = "NewRegistration")
    public record RegistrationBody(
            @Nullable String subject,
            @Nullable String name,
            @Nullable String role,
            @Nullable List<String> attributes,
            @Nullable String linkedPatient) {}

    /** What checking the chains came to. */
    @Schema(name = "AuditVerification")
    public record ChainsAnswer(boolean intact, List<ChainVerdict> chains) {}

    /** Who may open a record from now on. */
    @Schema(name = "NewPolicy")
    public record PolicyBody(@Nullable String policy) {}

    /** To whom a record is referred, by account, and until when, as an instant or a duration. */
    @Schema(name = "NewReferral")
    public record ReferralBody(
            @Nullable String to,
            @Nullable String expires,
            @Nullable String note,
            @Nullable List<String> keywords) {

        List<String> words() throws RefusedCallException {
            return keywords == null ? List.of() : withoutNulls("keywords", keywords);
        }
    }

    /** What is looked for among referrals. */
    @Schema(name = "InboxSearch")
    public record InboxSearchBody(
            @Nullable List<String> keywords,
            @Nullable Boolean all,
            @Nullable Boolean any) {

        /** The same as of a search among records, and nothing else. */
        SearchQuery toQuery() throws RefusedCallException {
            return new SearchBody(keywords, all, any, null, null, null, null).toQuery();
        }

        /** Words are what patients have. */
        @Override
        public String toString() {
            return "InboxSearchBody";
        }
    }

    /** For whom and why the glass is broken. */
    @Schema(name = "NewEmergency")
    public record EmergencyBody(
            @Nullable String patient, @Nullable String reason) {}

    /** A statement with all that judging it needs, in base 64. */
    @Schema(name = "StatementCheck")
    public record StatementBody(
            @Nullable String statement,
            @Nullable String certificate,
            @Nullable String header,
            @Nullable String key) {}

    /** What a statement proves. */
    @Schema(name = "Judgement")
    public record JudgementAnswer(Judgement proof) {}

    /** A council to come: how many must act, who sits in it, and who of the present one deals. */
    @Schema(name = "NewCeremony")
    public record CeremonyBody(
            @Nullable Integer threshold,
            @Nullable List<String> members,
            @Nullable List<String> dealers) {}

    /** The key of an authority's seat. */
    @Schema(name = "SeatKey")
    public record SeatKeyBody(@Nullable String seatKey) {}

    /** A seat that was just taken. */
    @Schema(name = "Seat")
    public record SeatAnswer(String seatKey, CeremonyView ceremony) {}

    /** An authority's share, sealed under her seat key, in base 64. */
    @Schema(name = "SealedShare")
    public record SealedShareAnswer(String sealedShare) {}

    /** An authority's part of a key. */
    @Schema(name = "NewPart")
    public record PartBody(
            @Nullable String seatKey,
            @Nullable String part,
            @Nullable String identity) {}

    /** How many orders took a part. */
    @Schema(name = "Given")
    public record GivenAnswer(int given) {}

    /** Orders of keys. */
    @Schema(name = "KeyOrders")
    public record OrdersAnswer(List<OrderView> items) {}

    /** What key authorities should know, and a request for a key that the person drew herself. */
    @Schema(name = "NewRecovery")
    public record RecoveryBody(
            @Nullable String note, @Nullable String keyRequest) {}

    /** What a key request has to be made for. */
    @Schema(name = "Challenge")
    public record ChallengeAnswer(String context) {}

    /** Two halves of an encryption, one for each cloud, in base 64. */
    @Schema(name = "LockTasks")
    public record LockTasksBody(
            @Nullable String first, @Nullable String second) {}

    /** Somebody, by account. */
    @Schema(name = "User")
    public record UserBody(@Nullable String user) {}

    /**
     * What somebody looks for: keywords, and whether a record must have {@code "all": true} of them, which is meant if nothing is said, or
     * {@code "any": true}.
     */
    @Schema(name = "Search")
    public record SearchBody(
            @Nullable List<String> keywords,
            @Nullable Boolean all,
            @Nullable Boolean any,
            @Nullable String patient,
            @Nullable String kind,
            @Nullable String from,
            @Nullable String until) {

        SearchQuery toQuery() throws RefusedCallException {
            if (keywords == null) {
                throw RefusedCallException.value("keywords", "is required");
            }
            boolean wantsAny = any != null ? any : all != null && !all;
            if (all != null && any != null && all.equals(any)) {
                throw RefusedCallException.value("any", "must not say the same as all");
            }
            return new SearchQuery(withoutNulls("keywords", keywords), !wantsAny, selection());
        }

        private Selection selection() throws RefusedCallException {
            return new Selection(
                    patient == null || patient.isEmpty() ? null : Parameters.requiredId("patient", patient),
                    Parameters.optionalConstant("kind", RecordKind.class, kind),
                    day("from", from),
                    day("until", until));
        }

        private static @Nullable LocalDate day(String field, @Nullable String text) throws RefusedCallException {
            try {
                return text == null || text.isBlank() ? null : LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw RefusedCallException.value(field, "must be a day such as 2026-03-14");
            }
        }
    }

    /** A search to keep. */
    @Schema(name = "NewSavedSearch")
    public record SavedSearchBody(
            @Nullable String name, @Nullable SearchBody search) {}

    /** A kept search. */
    @Schema(name = "SavedSearch")
    public record SavedSearchAnswer(
            UUID id,
            String name,
            List<String> keywords,
            boolean all,
            @Nullable UUID patient,
            @Nullable RecordKind kind,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {

        static SavedSearchAnswer of(SavedSearch saved) {
            Selection among = saved.query().among();
            return new SavedSearchAnswer(
                    saved.id(),
                    saved.name(),
                    saved.query().keywords(),
                    saved.query().all(),
                    among.patient(),
                    among.kind(),
                    among.from(),
                    among.until());
        }
    }

    /** Kept searches. */
    @Schema(name = "SavedSearches")
    public record SavedSearchesAnswer(List<SavedSearchAnswer> items) {}

    /** Words. */
    @Schema(name = "Suggestions")
    public record SuggestionsAnswer(List<String> items) {}

    static List<String> withoutNulls(String field, List<String> texts) throws RefusedCallException {
        for (@Nullable String text : texts) {
            if (text == null) {
                throw RefusedCallException.value(field, "must be a list of texts");
            }
        }
        return List.copyOf(texts);
    }

    /** A body that must be there. */
    static <T> T required(@Nullable T body) throws RefusedCallException {
        if (body == null) {
            throw new RefusedCallException(Problems.malformedBody());
        }
        return body;
    }
}
