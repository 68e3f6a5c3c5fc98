package org.sosia.crypto.reencryption;

/**
 * A re-key just issued, both halves together for the last time.
 *
 * @param reKey for the proxy, cloud A; must not reach those to whom the delegation leads
 * @param delegation for them, and for cloud B
 */
public record IssuedReKey(ReKey reKey, Delegation delegation) {}
