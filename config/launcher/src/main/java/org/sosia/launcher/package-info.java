/**
 * Starts and stops the whole of Sosia on one machine: two PostgreSQL servers, Keycloak and Payara. {@link
 * org.sosia.launcher.Stack} is the door for programs (the system tests), {@link org.sosia.launcher.Main} the one for people.
 */
@NullMarked
package org.sosia.launcher;

import org.jspecify.annotations.NullMarked;
