package org.sosia.crypto.reencryption;

/**
 * A re-key to trustees just issued, all parts together for the last time.
 *
 * @param reKey for the proxy, cloud A; must not reach the trustees
 * @param delegation for the trustees
 * @param coordination for whoever will put the trustees' answers together, and nobody else
 */
public record IssuedEmergencyKey(ReKey reKey, Delegation delegation, Coordination coordination) {}
