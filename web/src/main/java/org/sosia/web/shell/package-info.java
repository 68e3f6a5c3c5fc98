/** What every screen shares: the template's beans, navigation, languages, appearance, messages, refusals. */
@NullMarked
package org.sosia.web.shell;

import org.jspecify.annotations.NullMarked;
