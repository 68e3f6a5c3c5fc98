@NullMarked
package org.sosia.web.shell;

import org.jspecify.annotations.NullMarked;
