/** The security desk's screens: incidents as they happen, and the audit log. */
@NullMarked
package org.sosia.web.desk;

import org.jspecify.annotations.NullMarked;
