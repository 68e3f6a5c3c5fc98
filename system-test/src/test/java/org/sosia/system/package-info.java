/**
 * What the running system promises, told from outside: by REST and in a browser, on Payara Micro and on Payara Server.
 *
 * <p>These tests see no class of the system. They start it as a hospital would, through the launcher, and hold it to
 * what its documents say.
 */
@NullMarked
package org.sosia.system;

import org.jspecify.annotations.NullMarked;
