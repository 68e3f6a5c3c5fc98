/** How every list is cut into pages: by a cursor, never by an offset or a total. */
@NullMarked
package org.sosia.paging;

import org.jspecify.annotations.NullMarked;
