/** What several doors say no with. A refusal that only one of them knows lives beside that door. */
@NullMarked
package org.sosia.refusal;

import org.jspecify.annotations.NullMarked;
