@NullMarked
package org.sosia.web.desk;

import org.jspecify.annotations.NullMarked;
