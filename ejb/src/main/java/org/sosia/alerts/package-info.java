/**
 * Attacks, told to the security desk: one incident per attack, its list, its acknowledgement, and the signed call to the outside.
 *
 * <p>An incident is written in the same transaction as the access that caused it. The same subject, source, technique and record
 * within a quarter of an hour is the same incident, counted. No incident and no webhook carries a key, a content or a personal name.
 */
@NullMarked
package org.sosia.alerts;

import org.jspecify.annotations.NullMarked;
