/**
 * Sealed content split over several stores, so that no store holds the whole: k of n shares give it back, fewer give nothing, and
 * a share that was lost is made again from the others.
 */
@NullMarked
package org.sosia.crypto.splitting;

import org.jspecify.annotations.NullMarked;
