package org.sosia.crypto.envelope;

import org.sosia.crypto.grant.GrantHalf;
import org.sosia.crypto.grant.PartialKey;

/**
 * An approval just issued, both halves together for the last time.
 *
 * @param partialKey for the person
 * @param half for the cloud
 */
public record IssuedGrant(PartialKey partialKey, GrantHalf half) {}
