@NullMarked
package org.sosia.indexing;

import org.jspecify.annotations.NullMarked;
