package org.sosia.ceremony;

/**
 * Somebody who could sit in a council.
 *
 * @param subject the account
 * @param name the name
 */
public record Candidate(String subject, String name) {}
