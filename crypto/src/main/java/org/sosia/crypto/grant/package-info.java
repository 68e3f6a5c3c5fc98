/**
 * An owner's approval in two halves: the partial key a person receives and the half a cloud keeps.
 */
@NullMarked
package org.sosia.crypto.grant;

import org.jspecify.annotations.NullMarked;
