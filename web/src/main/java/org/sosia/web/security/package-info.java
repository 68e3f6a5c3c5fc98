/**
 * The front door: who may come in, and what is known of them afterwards.
 *
 * <p>Two ways lead in and never mix. A browser signs in with the identity provider and carries a session cookie; a
 * program carries a bearer token to {@code /api} and nothing else. Both end in the same
 * {@link org.sosia.identity.Credentials}, which are made from checked claims only. Which hospital the caller is in is
 * not decided here.
 */
@NullMarked
package org.sosia.web.security;

import org.jspecify.annotations.NullMarked;
