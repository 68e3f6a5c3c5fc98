/**
 * Reporting an attack: the port by which the other capabilities write an incident, in the transaction of what they saw.
 *
 * <p>Below the lane on purpose, so that the lane's own gate can report. Reading incidents and telling the outside is
 * {@code org.sosia.alerts}.
 */
@NullMarked
package org.sosia.incidents;

import org.jspecify.annotations.NullMarked;
