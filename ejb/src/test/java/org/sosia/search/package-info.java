@NullMarked
package org.sosia.search;

import org.jspecify.annotations.NullMarked;
