package org.sosia.issuing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's key that was asked for.
 *
 * @param id of the order
 * @param subject whose key, the account
 * @param name her name
 * @param reason {@code FIRST}, {@code RENEWAL} or {@code RECOVERY}
 * @param state {@code WAITING}, {@code ISSUED}, {@code REFUSED} or {@code REPLACED}
 * @param attributes what the key is to be for, without issues
 * @param note what the person said; empty if nothing
 * @param ownKeeping whether she alone has the new retrieval key
 * @param parts how many authorities gave theirs
 * @param threshold how many are needed
 * @param mine whether the caller gave hers
 * @param image the image of the new retrieval key in base 64: what a part is made for
 * @param issues the attributes with their issues: what a part is made for
 * @param createdAt when it was asked for
 * @param decidedAt when it ceased to wait; null before
 * @param receipt of a recovery that is done; null otherwise
 */
public record OrderView(
        UUID id,
        String subject,
        String name,
        String reason,
        String state,
        List<String> attributes,
        String note,
        boolean ownKeeping,
        int parts,
        int threshold,
        boolean mine,
        String image,
        List<String> issues,
        Instant createdAt,
        @Nullable Instant decidedAt,
        @Nullable RecoveryReceipt receipt) {}
