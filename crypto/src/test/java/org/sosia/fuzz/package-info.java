/**
 * Fuzzing: a module names what it reads from outside in a class {@code …ParsersTest}, which is a bounded test, and from which Jazzer goes on
 * without end.
 */
package org.sosia.fuzz;
