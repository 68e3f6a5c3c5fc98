package org.sosia.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.equality.Context;

/**
 * A referral that gets tags, and what the proof in each of them must be bound to.
 *
 * @param referral the grant
 * @param record what is referred
 * @param author who tags
 * @param receiver who will search
 * @param at when, the same at both clouds
 * @param expires when the referral ends
 */
public record Tagging(UUID referral, UUID record, String author, String receiver, Instant at, Instant expires) {

    private static final String GROUP = "sosia/v1/inbox/group";

    /**
     * Whose searches a word is for. Words for two receivers never match, nor do those of one person in two realms.
     *
     * @param realm the hospital, by the name under which clouds know it
     */
    public static UUID group(String realm, String receiver) {
        byte[] text = new ByteWriter()
                .sized(GROUP.getBytes(StandardCharsets.UTF_8))
                .sized(realm.getBytes(StandardCharsets.UTF_8))
                .sized(receiver.getBytes(StandardCharsets.UTF_8))
                .toByteArray();
        ByteBuffer digest = ByteBuffer.wrap(Digests.sha256(text));
        return new UUID(digest.getLong(), digest.getLong());
    }

    /** What each tag of this referral is proven for, in a realm. */
    public Context context(String realm) {
        return new Context(group(realm, receiver), author, record);
    }
}
