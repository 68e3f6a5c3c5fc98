/**
 * How several key authorities come to issue persons' keys together, so that no one of them, and not the hospital either, can make a key alone.
 *
 * <p>A ceremony has members, each of whom takes a seat and carries a seat key, and dealers: the hospital, which gives its master key away, or
 * the members of the present council, who pass their shares on. What is dealt is checked against published commitments; when everybody has
 * her share, the council takes office in the master key's place.
 *
 * <p>Out of scope: what a council then issues ({@code org.sosia.issuing}).
 */
@NullMarked
package org.sosia.ceremony;

import org.jspecify.annotations.NullMarked;
