@NullMarked
package org.sosia.web.security;

import org.jspecify.annotations.NullMarked;
