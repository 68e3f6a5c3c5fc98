/**
 * Connections between the hospital and the two servers of a search when they run in processes of their own: TLS with certificates of both
 * ends, over which whole frames go. docs/SEARCH.md, 1.9.
 */
@NullMarked
package org.sosia.crypto.channel;

import org.jspecify.annotations.NullMarked;
