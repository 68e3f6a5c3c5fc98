/**
 * What Sosia adds to Keycloak: a sign-in that sometimes lets a guesser in, as somebody who does not exist, and tells nobody but
 * the application (by introspection).
 */
@NullMarked
package org.sosia.keycloak;

import org.jspecify.annotations.NullMarked;
