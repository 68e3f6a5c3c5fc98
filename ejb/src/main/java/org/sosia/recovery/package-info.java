/**
 * Recovery copies: they are made beside uploads, follow the record's header, and put a lost or damaged record back when its owner, or the
 * patient it is about, asks for it. docs/SCHEME.md, section Recovery copies.
 *
 * <p>Out of scope: where copies lie and how they are split ({@link org.sosia.records.Copies}); lost keys of persons.
 */
@NullMarked
package org.sosia.recovery;

import org.jspecify.annotations.NullMarked;
