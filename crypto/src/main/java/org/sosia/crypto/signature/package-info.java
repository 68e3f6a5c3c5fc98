/**
 * Signatures of record owners, with certificates issued by the hospital.
 *
 * <p>Ed25519 (RFC 8032, RFC 8410), or RSASSA-PSS (RFC 8017) and ML-DSA (FIPS 204) together. The certificate of the signing key travels with every signature, so a reader needs only the
 * hospital's own certificate.
 */
@NullMarked
package org.sosia.crypto.signature;

import org.jspecify.annotations.NullMarked;
