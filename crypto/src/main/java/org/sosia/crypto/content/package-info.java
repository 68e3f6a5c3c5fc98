/**
 * Encryption of content of any length: streams, random access and small messages, all in one published format.
 */
@NullMarked
package org.sosia.crypto.content;

import org.jspecify.annotations.NullMarked;
