package org.sosia.outsourcing;

/**
 * A lock that both clouds made.
 *
 * @param policy who can open it, as text
 * @param lock the encoded policy lock in base 64 (docs/FORMATS.md, Policy slot): C', then the rows
 * @param parameters SHA-256 of the public parameters it is for, in hex
 * @param warning what the client must know: {@code both-clouds-can-open}
 */
public record LockView(String policy, String lock, String parameters, String warning) {}
