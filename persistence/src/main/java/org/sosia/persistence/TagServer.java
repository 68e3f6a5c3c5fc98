package org.sosia.persistence;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cloud as one of the two servers that compare the words of referrals with searched ones (docs/SEARCH.md, section 4). Each has a key that it made for itself and
 * decides by its own rows: whose search it is, whether it was asked before, how many tests somebody has left, which referrals are in force. Each call is one
 * transaction there.
 *
 * <p>The front counts a referral as in force by its re-encrypted lock, the back by its pad.
 */
public interface TagServer {

    /** The most tags that one referral has. */
    int MOST_TAGS = 16;

    /**
     * What words are sealed under, together with the other server's.
     *
     * @return the encoded {@link org.sosia.crypto.equality.ServerKey}
     */
    byte[] testKey(TagRole role);

    /**
     * Keeps a referral's tags: the front the words, the back only that it saw them. Nothing is tested before the referral stands.
     *
     * @param tags at most {@value #MOST_TAGS}
     * @throws WordsRefusedException if one is not proven for this referral's record, author and receiver, or was kept before
     */
    void keepTags(TagRole role, String realm, Tagging about, List<SealedTag> tags);

    /**
     * The receiver's referrals in force that have tags, newest first, as the front knows them.
     *
     * @param after a place in this list, or null for its beginning
     */
    List<Tagged> tagged(String realm, String receiver, @Nullable Cursor after, int limit);

    /** Which of these are tags of the receiver's referrals in force, as the back knows them. */
    Set<UUID> tagsAmong(String realm, String receiver, Collection<UUID> tags);

    /**
     * Takes this server's half off the difference of each tag and the searched word, as the front.
     *
     * @param trapdoor the encoded {@link org.sosia.crypto.equality.Trapdoor}
     * @param tags each once, at most 1,024
     * @return the batch for the back, and the order for the user
     * @throws WordsRefusedException if the trapdoor is not the receiver's own, was used here, or is one too many; or if a tag is not one that she may search now
     */
    BlindedTags blind(String realm, byte[] trapdoor, List<UUID> tags);

    /**
     * Tells what is equal, as the back.
     *
     * @param trapdoor the encoded {@link org.sosia.crypto.equality.Trapdoor}
     * @param batch what the front made
     * @return the outcomes, sealed for the user
     * @throws WordsRefusedException as {@link #blind} does, by this server's own rows
     */
    byte[] test(String realm, byte[] trapdoor, byte[] batch);
}
