/**
 * Signatures of record owners, with certificates issued by the hospital.
 */
@NullMarked
package org.sosia.crypto.signature;

import org.jspecify.annotations.NullMarked;
