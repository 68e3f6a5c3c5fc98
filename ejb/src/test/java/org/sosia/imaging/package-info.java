@NullMarked
package org.sosia.imaging;

import org.jspecify.annotations.NullMarked;
