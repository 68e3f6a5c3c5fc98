@NullMarked
package org.sosia.words;

import org.jspecify.annotations.NullMarked;
