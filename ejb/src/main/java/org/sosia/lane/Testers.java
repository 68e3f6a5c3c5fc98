package org.sosia.lane;

import java.security.GeneralSecurityException;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.equality.ServerKey;
import org.sosia.persistence.TagRole;
import org.sosia.persistence.TagServer;

/**
 * The two clouds that compare the words of a hospital's referrals with searched ones. Of the twin hospital both are cloud B, as everything of it is.
 *
 * @param front blinds and shuffles: the cloud that keeps the grants
 * @param back tells what is equal: the cloud that mediates
 */
public record Testers(TagServer front, TagServer back) {

    /**
     * Under which words are sealed.
     *
     * @return the sum of both clouds' points
     * @throws GeneralSecurityException if one does not prove that it knows what is behind its point
     */
    public Point servers() throws GeneralSecurityException {
        return ServerKey.sum(
                ServerKey.decode(front.testKey(TagRole.FRONT)), ServerKey.decode(back.testKey(TagRole.BACK)));
    }
}
