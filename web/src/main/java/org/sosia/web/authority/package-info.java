/** The key authority's screens: who holds which attributes. */
@NullMarked
package org.sosia.web.authority;

import org.jspecify.annotations.NullMarked;
