/** What keeps the hospital running: warm-up, readiness, sweeping. */
@NullMarked
package org.sosia.operations;

import org.jspecify.annotations.NullMarked;
