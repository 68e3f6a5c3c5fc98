package org.sosia.sharing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonPublicKey;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.persistence.AccessRequest;
import org.sosia.persistence.Cursor;
import org.sosia.persistence.GrantHalfRow;
import org.sosia.persistence.GrantKind;
import org.sosia.persistence.RequestFilter;

/** Partial keys that wait, sealed, in the inboxes of those they were released to. */
public final class Deliveries {

    private static final int PAGE = 100;

    private Deliveries() {}

    static byte[] sealed(PersonPublicKey recipient, UUID grant, UUID record, byte[] partialKey)
            throws GeneralSecurityException {
        return Delivery.seal(recipient.encode(), context(grant, record), partialKey);
    }

    /** Opens what waits for a person, with whichever of her keys it was sealed to. */
    static byte[] opened(RegisteredPerson person, GrantHalfRow half, byte[] delivery) throws GeneralSecurityException {
        GeneralSecurityException last = new MalformedException("a person without a key");
        for (PersonKey own : person.personKeys()) {
            try {
                return own.open(delivery, context(half.id(), half.record()));
            } catch (GeneralSecurityException anotherPerhaps) {
                last = anotherPerhaps;
            }
        }
        throw last;
    }

    // A delivery moved to another grant or record does not open there.
    private static byte[] context(UUID grant, UUID record) {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(grant.getMostSignificantBits())
                .putLong(grant.getLeastSignificantBits())
                .putLong(record.getMostSignificantBits())
                .putLong(record.getLeastSignificantBits())
                .array();
    }

    /**
     * Seals what waits for a person to the key that she has now, wherever it was sealed to an earlier one.
     *
     * @return whether nothing is sealed to her earlier keys any more; false while somebody's referral to her stands, which is bound to
     *     the key that she had then
     */
    public static boolean sealAnew(Hospital hospital, RegisteredPerson person, Instant now)
            throws GeneralSecurityException {
        boolean all = true;
        @Nullable Cursor after = null;
        List<AccessRequest> page;
        do {
            page = hospital.store()
                    .requests(new RequestFilter(
                            null, person.subject(), null, org.sosia.persistence.RequestState.APPROVED, after, PAGE));
            for (AccessRequest request : page) {
                after = new Cursor(request.createdAt(), request.id());
                Optional<GrantHalfRow> half = alive(hospital, request, now);
                if (half.isPresent()) {
                    sealAnew(hospital, person, half.get());
                    all &= half.get().kind() != GrantKind.LOCK;
                }
            }
        } while (page.size() == PAGE);
        return all;
    }

    private static Optional<GrantHalfRow> alive(Hospital hospital, AccessRequest request, Instant now) {
        @Nullable UUID grant = request.grant();
        return grant == null
                ? Optional.empty()
                : hospital.grants()
                        .grant(grant)
                        .filter(half -> !half.revoked() && half.expiresAt().isAfter(now));
    }

    private static void sealAnew(Hospital hospital, RegisteredPerson person, GrantHalfRow half)
            throws GeneralSecurityException {
        byte[] before = half.delivery();
        if (before == null) {
            return;
        }
        byte[] partialKey = opened(person, half, before);
        PersonKey present = person.personKeys().get(0);
        byte[] after = sealed(present.publicPart(), half.id(), half.record(), partialKey);
        Arrays.fill(partialKey, (byte) 0);
        hospital.grants().redeliver(half.id(), before, after);
    }
}
