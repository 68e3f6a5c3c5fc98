/**
 * What the two clouds keep, and the only doors to it.
 *
 * <p>Both persistence units map the same classes onto two servers that know nothing of each other. Every call to a {@link
 * org.sosia.persistence.Cloud} is one transaction there; no call can express a request for a secret, and no transaction
 * spans both. What a reader of a database would see, names included, does not tell which of the two it is.
 *
 * <p>Values handed out are detached: changing one changes nothing until it is saved. Byte arrays are handed over, not
 * copied; who passes one on leaves it alone afterwards. Instants are kept to the microsecond.
 */
@NullMarked
package org.sosia.persistence;

import org.jspecify.annotations.NullMarked;
