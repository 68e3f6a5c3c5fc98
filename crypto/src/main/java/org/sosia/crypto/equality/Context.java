package org.sosia.crypto.equality;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.sosia.crypto.encoding.ByteWriter;

/**
 * What an encrypted word belongs to. Its proof holds for this and nothing else, so nobody can copy it to another record, group or person.
 *
 * @param group for whose searches it is: words encrypted for different groups never match
 * @param author who encrypted it
 * @param item the record, or the search
 */
public record Context(UUID group, String author, UUID item) {
    /** Longest author in UTF-8. */
    public static final int MOST_AUTHOR_BYTES = 256;

    /** Checks the limit. */
    public Context {
        if (author.getBytes(StandardCharsets.UTF_8).length > MOST_AUTHOR_BYTES) {
            throw new IllegalArgumentException("an author's name is at most 256 bytes long");
        }
    }

    byte[] encode() {
        return new ByteWriter()
                .uuid(group)
                .sized(author.getBytes(StandardCharsets.UTF_8))
                .uuid(item)
                .toByteArray();
    }
}
