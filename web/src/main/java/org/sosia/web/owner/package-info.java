/** The data owner's screens: intake, upload, records, requests. */
@NullMarked
package org.sosia.web.owner;

import org.jspecify.annotations.NullMarked;
