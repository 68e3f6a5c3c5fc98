/** The checker over two real servers with seeded damage. */
@NullMarked
package org.sosia.persistence.check;

import org.jspecify.annotations.NullMarked;
