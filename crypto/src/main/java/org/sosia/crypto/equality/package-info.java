/**
 * Keyword search across organisations: whoever knows two public keys encrypts a word, and two servers that do not collude test it for equality with a searched word
 * without learning either. Dual-server public-key encryption with keyword search (R. Chen, Y. Mu, G. Yang, F. Guo, X. Wang, ACISP 2015; IEEE TIFS 11(4), 2016),
 * repaired after Q. Huang and R. Tso (IVSW 2017). docs/SEARCH.md, section 4.
 */
@NullMarked
package org.sosia.crypto.equality;

import org.jspecify.annotations.NullMarked;
