/** Tests of records as they lie in stores. */
@NullMarked
package org.sosia.records;

import org.jspecify.annotations.NullMarked;
