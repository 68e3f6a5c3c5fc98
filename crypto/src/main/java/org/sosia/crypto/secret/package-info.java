/**
 * Secrets that are never printed, and the one way to derive further secrets from them.
 */
@NullMarked
package org.sosia.crypto.secret;

import org.jspecify.annotations.NullMarked;
