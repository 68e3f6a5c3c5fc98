/**
 * Persons' keys that key authorities agree on: those a council makes, and those that take the place of a lost one.
 *
 * <p>What is asked for waits as an order. Each authority gives her part, or her word where the hospital itself makes keys; when they are
 * enough, the parts are put together, tested, and handed to the mediating cloud. A part that proves wrong names who gave it.
 *
 * <p>Out of scope: how a council comes about ({@code org.sosia.ceremony}).
 */
@NullMarked
package org.sosia.issuing;

import org.jspecify.annotations.NullMarked;
