@NullMarked
package org.sosia.similar;

import org.jspecify.annotations.NullMarked;
