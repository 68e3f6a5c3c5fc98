package org.sosia.persistence;

/**
 * Who asks for something of an index of words, and of whose. A cloud derives nothing from it but what its own rows say.
 *
 * @param realm the hospital, by the name under which clouds know it
 * @param owner whose records the words are of
 * @param caller who asks
 */
public record WordReader(String realm, String owner, String caller) {

    /** Whether the owner asks: nobody else may change anything. */
    boolean isOwner() {
        return owner.equals(caller);
    }
}
