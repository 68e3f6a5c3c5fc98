/** The search for similar images among those that neither cloud can see: the door, the tokens it uses, and the leave that owners give. */
@NullMarked
package org.sosia.similar;

import org.jspecify.annotations.NullMarked;
