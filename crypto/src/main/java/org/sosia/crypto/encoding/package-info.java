/**
 * Strict reading and writing of the project's binary formats.
 */
@NullMarked
package org.sosia.crypto.encoding;

import org.jspecify.annotations.NullMarked;
