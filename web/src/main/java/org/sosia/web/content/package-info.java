/**
 * Content for the browser's session: the same resources as the REST interface's, reached by cookie instead of by token.
 *
 * <p>A request goes on to {@code /api/v1} inside the server, after the session was checked: one code path answers both ways in.
 */
@NullMarked
package org.sosia.web.content;

import org.jspecify.annotations.NullMarked;
