@NullMarked
package org.sosia.rotation;

import org.jspecify.annotations.NullMarked;
