/**
 * What the key authority vouches for, and how it takes that back.
 *
 * <p>Who loses an attribute loses it at the mediating cloud first: the next opening that needs it fails there for want of a piece of
 * the key, however many records there are. Then the attribute is issued anew: everybody else's keys follow, and in the background the
 * records, header by header; their content is not touched. Until a record has followed it opens for rightful people as before.
 *
 * <p>Out of scope: who may act at all, which is {@code org.sosia.registration}; taking back one record, which is
 * {@code org.sosia.sharing}.
 */
@NullMarked
package org.sosia.attributes;

import org.jspecify.annotations.NullMarked;
