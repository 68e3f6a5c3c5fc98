/**
 * What keeps the hospital running: its keys are opened and its ciphers warmed up at the start, what was left behind is swept, and
 * whoever asks is told what works.
 */
@NullMarked
package org.sosia.operations;

import org.jspecify.annotations.NullMarked;
