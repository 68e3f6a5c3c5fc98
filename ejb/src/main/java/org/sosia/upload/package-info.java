/**
 * Intake of records: what arrives is looked into while it streams to the store, and becomes a record only as a whole.
 *
 * <p>Nothing of the content is kept in memory or on disk in clear. What the sender says about the content is not believed: it is
 * recognised by its first bytes, and its structure is followed to its last. What breaks off, contradicts itself or does not fit
 * is refused, and what had been stored of it is taken back.
 */
@NullMarked
package org.sosia.upload;

import org.jspecify.annotations.NullMarked;
