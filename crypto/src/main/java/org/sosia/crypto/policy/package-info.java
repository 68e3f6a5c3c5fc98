/**
 * Access policies: the language people write, its canonical form, and the linear secret sharing behind it.
 *
 * <p>A policy is a formula over attributes without negation: {@code role:doctor and department:cardiology}, {@code or}, parentheses, {@code 2
 * of (a, b, c)}. People write text; everything stored, hashed or signed is the canonical form, which has exactly one reading.
 */
@NullMarked
package org.sosia.crypto.policy;

import org.jspecify.annotations.NullMarked;
