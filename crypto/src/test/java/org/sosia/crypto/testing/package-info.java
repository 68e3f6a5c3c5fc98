/** What the tests share: reading vector files. */
@NullMarked
package org.sosia.crypto.testing;

import org.jspecify.annotations.NullMarked;
