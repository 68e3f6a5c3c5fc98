/**
 * An owner's approval in two halves: the partial key a person receives and the half a cloud keeps.
 *
 * <p>Either half alone is worthless, and the person never learns what would make the cloud's half superfluous: when the cloud deletes it,
 * the approval has ended, also for somebody who kept everything. Equations and argument: docs/SCHEME.md, section 5.
 */
@NullMarked
package org.sosia.crypto.grant;

import org.jspecify.annotations.NullMarked;
