package org.sosia.sharing;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.equality.Context;
import org.sosia.crypto.equality.EncryptedWord;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.lane.Hospital;
import org.sosia.lane.Testers;
import org.sosia.persistence.SealedTag;
import org.sosia.persistence.TagRole;
import org.sosia.persistence.TagServer;
import org.sosia.persistence.Tagging;

/**
 * Seals the words that go with a referral, for the searches of whom it is referred to. Each referral gets {@value TagServer#MOST_TAGS} tags, so that nobody sees how many
 * words there were, or whether any.
 */
final class Tags {

    /** No word that somebody looks for has this field. */
    private static final String FILLING = "-";

    private Tags() {}

    /** Lets both clouds keep the tags: the back first, which tests nothing that the front does not send. */
    static void keep(Hospital hospital, Tagging about, Set<Keyword> words) throws GeneralSecurityException {
        Testers testers = hospital.testers();
        Point servers = testers.servers();
        Context context = about.context(hospital.realm());
        List<SealedTag> tags = new ArrayList<>();
        for (Keyword word : filled(words)) {
            tags.add(new SealedTag(
                    UUID.randomUUID(),
                    EncryptedWord.encrypt(word, servers, context).encode()));
        }
        testers.back().keepTags(TagRole.BACK, hospital.realm(), about, tags);
        testers.front().keepTags(TagRole.FRONT, hospital.realm(), about, tags);
    }

    private static List<Keyword> filled(Set<Keyword> words) {
        List<Keyword> filled = new ArrayList<>(words);
        while (filled.size() < TagServer.MOST_TAGS) {
            filled.add(new Keyword(FILLING, UUID.randomUUID().toString()));
        }
        // Rows lie in the order in which they were written.
        Collections.shuffle(filled);
        return filled;
    }
}
