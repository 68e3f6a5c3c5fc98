package org.sosia.crypto.secret;

/**
 * Marks a type that holds a secret: it never prints what it holds.
 *
 * <p>An implementation is a final class, not a record (records print themselves), and overrides {@link Object#toString()}.
 */
public interface SecretMaterial {}
