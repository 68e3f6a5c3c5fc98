/** Intake of records: looked into, bounded, padded, sealed, signed, stored, doubled. */
@NullMarked
package org.sosia.upload;

import org.jspecify.annotations.NullMarked;
