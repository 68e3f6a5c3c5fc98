/**
 * Sealing one record and opening it again: header, slots, signature and payload.
 */
@NullMarked
package org.sosia.crypto.envelope;

import org.jspecify.annotations.NullMarked;
