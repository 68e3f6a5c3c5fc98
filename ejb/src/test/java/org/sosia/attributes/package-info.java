@NullMarked
package org.sosia.attributes;

import org.jspecify.annotations.NullMarked;
