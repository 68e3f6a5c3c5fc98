@NullMarked
package org.sosia.crypto.envelope;

import org.jspecify.annotations.NullMarked;
