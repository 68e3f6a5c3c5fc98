@NullMarked
package org.sosia.web.content;

import org.jspecify.annotations.NullMarked;
