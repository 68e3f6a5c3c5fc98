/**
 * The REST interface, {@code /api/v1}: thin resources over the capabilities' doors.
 *
 * <p>JSON in and out, lists in pages by cursor, errors as problem details (RFC 9457) whose {@code type} is stable and whose text
 * never names an internal. The same headers leave in both lanes.
 */
@NullMarked
package org.sosia.web.api;

import org.jspecify.annotations.NullMarked;
