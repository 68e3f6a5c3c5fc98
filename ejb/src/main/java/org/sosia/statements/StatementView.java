package org.sosia.statements;

import java.time.Instant;

/**
 * A cloud's signed word about its share in an opening.
 *
 * @param work what it did: {@code transformation} or {@code conversion}
 * @param cloud which cloud: {@code keeper} of the grants or {@code mediator}
 * @param at when, by that cloud's clock
 * @param statement the statement as signed, standard base 64
 * @param certificate the certificate of the key that signed it, DER in standard base 64; {@code GET /parameters} tells all keys of the cloud
 */
public record StatementView(String work, String cloud, Instant at, String statement, String certificate) {}
