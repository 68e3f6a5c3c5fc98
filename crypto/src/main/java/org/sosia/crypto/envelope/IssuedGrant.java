package org.sosia.crypto.envelope;

import org.sosia.crypto.grant.GrantHalf;
import org.sosia.crypto.grant.PartialKey;

/** To come. */
public record IssuedGrant(PartialKey partialKey, GrantHalf half) {}
