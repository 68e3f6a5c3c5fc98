@NullMarked
package org.sosia.web.owner;

import org.jspecify.annotations.NullMarked;
