/**
 * Giving one record to one person, and taking it back.
 *
 * <p>A consumer asks for a record and says what for. Its owner approves until an instant, or denies. An approval makes a fresh
 * grant: one half stays with the store that holds the record, the other is the partial key, which is shown to the owner once or
 * sealed to the requester's own key. Whoever takes a record back revokes the grant: from then on the store refuses its half.
 *
 * <p>Both hospitals share this code: what a person without the lane asks, approves or revokes happens in the twin.
 *
 * <p>Out of scope: opening a record with a grant, which is {@code org.sosia.retrieval}.
 */
@NullMarked
package org.sosia.sharing;

import org.jspecify.annotations.NullMarked;
