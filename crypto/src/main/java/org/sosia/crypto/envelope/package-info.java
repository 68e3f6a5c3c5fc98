/**
 * Sealing one record and opening it again.
 *
 * <p>An envelope is a header and a payload. The payload is encrypted content. The header wraps one random seed several times, independently: in the
 * owner's slot; in the slot for others, which takes attributes <em>and</em> the owner's approval; and in a slot for each person the owner named. It carries the owner's
 * signature over the list of them.
 *
 * <p>A reader's order: {@link org.sosia.crypto.envelope.Header#decode} (limits, subgroup checks), {@link
 * org.sosia.crypto.envelope.Header#verify} (the owner's signature), one of the ways to open (which re-derives what sealing
 * derived, so that no changed header opens), then the payload, chunk by chunk. Bytes: docs/FORMATS.md; equations: docs/SCHEME.md.
 */
@NullMarked
package org.sosia.crypto.envelope;

import org.jspecify.annotations.NullMarked;
