@NullMarked
package org.sosia.issuing;

import org.jspecify.annotations.NullMarked;
