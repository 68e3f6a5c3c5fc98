package org.sosia.keys;

import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.TransformKey;

/**
 * A transform key as it was issued.
 *
 * @param parameters under which
 * @param key for the mediating cloud
 */
public record IssuedKey(PublicParameters parameters, TransformKey key) {}
