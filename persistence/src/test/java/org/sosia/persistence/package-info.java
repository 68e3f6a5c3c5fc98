/** The clouds over two real servers. */
@NullMarked
package org.sosia.persistence;

import org.jspecify.annotations.NullMarked;
