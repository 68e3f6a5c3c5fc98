/**
 * What the clouds signed about their shares in openings: reading it back, and judging it without believing anybody.
 *
 * <p>The statements lie in the audit entry of the opening they belong to. Out of scope: verifying them before a result is used, which
 * is {@code org.sosia.lane}'s.
 */
@NullMarked
package org.sosia.statements;

import org.jspecify.annotations.NullMarked;
