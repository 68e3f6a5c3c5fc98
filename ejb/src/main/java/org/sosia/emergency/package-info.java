/**
 * Breaking the glass: a clinician opens a patient's records for a while, because life is at stake, when enough trustees agree.
 *
 * <p>The trustees rebuild no key. Each answers for each record anew; enough answers together are what the owner's lock locks. There
 * is no deception here: a plea is answered with originals, or openly with the refusal and with whom to call.
 */
@NullMarked
package org.sosia.emergency;

import org.jspecify.annotations.NullMarked;
