package org.sosia.similar;

import java.time.Instant;
import java.util.UUID;

/**
 * An owner's leave for one doctor to search all her images. It opens no record.
 *
 * @param id the leave
 * @param to the doctor's subject id
 * @param name the doctor's name; empty if she is not registered here any more
 * @param distances whether she learns distances too; with many searches these locate images
 * @param pruned whether she may search in the pruned mode, which shows both clouds which images are near a query
 * @param expires until when
 */
public record SearchLeave(UUID id, String to, String name, boolean distances, boolean pruned, Instant expires) {}
