/**
 * Performance, as ratios to a peer or a limit measured in the same run; {@code ./sosia bench AREA} prints them.
 *
 * <p>Nothing here is a test: machines differ, and a figure that fails a build on a busy morning teaches people to ignore it.
 */
@NullMarked
package org.sosia.bench;

import org.jspecify.annotations.NullMarked;
