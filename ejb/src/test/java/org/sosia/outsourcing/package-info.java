@NullMarked
package org.sosia.outsourcing;

import org.jspecify.annotations.NullMarked;
