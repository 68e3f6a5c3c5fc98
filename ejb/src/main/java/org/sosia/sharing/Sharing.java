package org.sosia.sharing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.paging.Page;

/** Lets a person ask for a record, and its owner hand it over and take it back. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Sharing {

    /**
     * Asks the owner of a record for it.
     *
     * @param record the record
     * @param purpose a code of {@link Purpose}
     * @param note the requester's own words, at most 2000 characters; may be empty
     * @return the request as it now waits
     * @throws NoSuchRecordException if there is no such record, or the caller may not know of it
     * @throws RequestRefusedException if the purpose is unknown or the note too long
     * @throws AlreadyRequestedException if the caller asked before and waits
     */
    @RolesAllowed({"doctor", "patient"})
    public RequestView request(UUID record, String purpose, String note)
            throws NoSuchRecordException, RequestRefusedException, AlreadyRequestedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Lists requests, newest first: an owner those for her records, a consumer her own, server A's operator all.
     *
     * @param state only those in this state, or null for all
     * @param after the cursor of the page before, or null
     * @param limit the most to return, 1 to 200
     */
    @RolesAllowed({"data-owner", "doctor", "patient", "cloud-operator"})
    public Page<RequestView> requests(@Nullable RequestState state, @Nullable String after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** One request, to its owner or its requester. */
    @RolesAllowed({"data-owner", "doctor", "patient", "cloud-operator"})
    public RequestView get(UUID request) throws NoSuchRequestException {
        throw new UnsupportedOperationException();
    }

    /**
     * Approves a request until an instant. The release is in the audit chain before the partial key exists.
     *
     * @param request the request
     * @param expires until when, in the future and at most a year ahead
     * @param handover shown here once, or sealed to the requester
     * @throws StepUpRequiredException if the caller's proof is too old for releasing a key
     */
    @RolesAllowed("data-owner")
    public Approval approve(UUID request, Instant expires, Handover handover)
            throws NoSuchRequestException, RequestDecidedException, RequestRefusedException, NoPersonKeyException,
                    StepUpRequiredException {
        throw new UnsupportedOperationException();
    }

    /**
     * Denies a request.
     *
     * @param reason told to the requester, at most 500 characters; may be empty
     */
    @RolesAllowed("data-owner")
    public void deny(UUID request, String reason)
            throws NoSuchRequestException, RequestDecidedException, RequestRefusedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a grant back: from the return of this call on the store refuses its half.
     *
     * <p>A consumer who already opened the record keeps what she read; revocation cannot undo that. Revoking twice answers with the
     * receipt of the first time.
     */
    @RolesAllowed("data-owner")
    public RevocationReceipt revoke(UUID grant) throws NoSuchGrantException {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes the partial key that waits sealed in the caller's inbox. It can be taken again as long as the grant lives.
     *
     * @return the partial key as it is written down
     * @throws NoSuchGrantException if no such grant is the caller's, or it ended, or nothing waits in it
     * @throws StepUpRequiredException if the caller's proof is too old for a key to be released
     */
    @RolesAllowed({"doctor", "patient"})
    public String takeDelivered(UUID grant) throws NoSuchGrantException, StepUpRequiredException {
        throw new UnsupportedOperationException();
    }
}
