/** What the REST interface promises, without a server. */
@NullMarked
package org.sosia.web.api;

import org.jspecify.annotations.NullMarked;
