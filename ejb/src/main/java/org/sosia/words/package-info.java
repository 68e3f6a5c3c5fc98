/**
 * The words by which records are found: drawn from what is handed in while it passes through the hospital, and kept in an index that
 * neither cloud can read. The same in both hospitals; a double is found by its own words.
 *
 * <p>Out of scope: who may find what.
 */
@NullMarked
package org.sosia.words;

import org.jspecify.annotations.NullMarked;
