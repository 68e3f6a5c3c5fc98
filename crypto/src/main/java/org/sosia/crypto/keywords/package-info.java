/**
 * Keyword search over an owner's sealed records, for the owner and whom she granted it: Mitra (J. Ghareh Chamani, D. Papadopoulos,
 * C. Papamanthou, R. Jalili, CCS 2018), keyed by an oblivious pseudorandom function of which each of two servers holds half. Entries lie at server A,
 * counters at server B. docs/SEARCH.md, section 3.
 */
@NullMarked
package org.sosia.crypto.keywords;

import org.jspecify.annotations.NullMarked;
