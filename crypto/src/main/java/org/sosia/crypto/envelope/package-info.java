/**
 * Sealing one record and opening it again.
 *
 * <p>An envelope is a header and a payload. The payload is encrypted content. The header wraps one random seed twice, independently: in the
 * owner's slot, and in the slot for others, which takes attributes <em>and</em> the owner's approval. It carries the owner's signature.
 *
 * <p>A reader's order: {@link org.sosia.crypto.envelope.Header#decode} (limits, subgroup checks), {@link
 * org.sosia.crypto.envelope.Header#verify} (the owner's signature), one of the two ways to open (which re-derives what sealing
 * derived, so that no changed header opens), then the payload, chunk by chunk. Bytes: docs/FORMATS.md; equations: docs/SCHEME.md.
 */
@NullMarked
package org.sosia.crypto.envelope;

import org.jspecify.annotations.NullMarked;
