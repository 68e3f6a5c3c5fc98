@NullMarked
package org.sosia.ceremony;

import org.jspecify.annotations.NullMarked;
