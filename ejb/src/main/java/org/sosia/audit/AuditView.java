package org.sosia.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a chain.
 *
 * @param chain which chain: {@code a} or {@code b}
 * @param sequence its number in that chain, from 1
 * @param at when
 * @param actor the account that acted
 * @param action what it did, such as {@code UNWRAP}
 * @param object what it did it to, or null
 * @param hash the entry's hash, lower-case hexadecimal
 */
public record AuditView(
        String chain,
        long sequence,
        Instant at,
        String actor,
        String action,
        @Nullable UUID object,
        String hash) {}
