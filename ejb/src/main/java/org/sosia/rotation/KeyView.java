package org.sosia.rotation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sosia.jobs.JobView;

/**
 * A kind of key as the key authority sees it; never a key.
 *
 * @param name {@code collections}, {@code signing-keys}, {@code certificate-authority}, {@code retrieval-keys}, {@code person-keys}, {@code master-key}, {@code cloud-keys} or {@code root}
 * @param epoch how many times it was rotated, and one more
 * @param rotatedAt when that was last done; null if never
 * @param job the rotation under way; null if there is none
 */
public record KeyView(
        String name,
        int epoch,
        @Nullable Instant rotatedAt,
        @Nullable JobView job) {}
