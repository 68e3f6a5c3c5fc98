/** Reads both stores and names what should not be: a tool for operators, and the judge after every fault in tests. */
@NullMarked
package org.sosia.persistence.check;

import org.jspecify.annotations.NullMarked;
