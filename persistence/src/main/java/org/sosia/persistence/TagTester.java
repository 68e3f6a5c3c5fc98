package org.sosia.persistence;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.equality.Back;
import org.sosia.crypto.equality.Context;
import org.sosia.crypto.equality.EncryptedWord;
import org.sosia.crypto.equality.Front;
import org.sosia.crypto.equality.Front.Stored;
import org.sosia.crypto.equality.SearchNotAdmittedException;
import org.sosia.crypto.equality.TestKey;
import org.sosia.crypto.equality.Trapdoor;
import org.sosia.crypto.signature.Authorities;

/** What a server of tests does with its own rows, in one role and realm. */
final class TagTester {

    private final Store store;
    private final String realm;
    private final int mostTestsAnHour;

    /** A server's own rows, of one role and realm. */
    interface Store {

        /**
         * Keeps tags.
         *
         * @return false, and none is kept, if one of them was kept before
         */
        boolean add(Tagging about, List<SealedTag> tags);

        /** Those of the tags that belong to a referral of this receiver in force now, as they were kept. */
        Map<UUID, byte[]> inForce(String receiver, Collection<UUID> tags);

        /** How many tests somebody had in the last hour. Until the transaction ends nobody else counts or adds hers. */
        long testsOf(String author);

        /**
         * Remembers a search for ever.
         *
         * @return false if it was seen before
         */
        boolean remember(Context search, int tests);
    }

    TagTester(Store store, String realm, int mostTestsAnHour) {
        this.store = store;
        this.realm = realm;
        this.mostTestsAnHour = mostTestsAnHour;
    }

    void keep(Tagging about, List<SealedTag> tags) {
        if (tags.size() > TagServer.MOST_TAGS) {
            throw new IllegalArgumentException("a referral has at most 16 tags");
        }
        Context context = about.context(realm);
        if (!tags.stream().allMatch(tag -> isProven(tag, context)) || !store.add(about, tags)) {
            throw new WordsRefusedException();
        }
    }

    private static boolean isProven(SealedTag tag, Context context) {
        try {
            return EncryptedWord.decode(tag.word()).isProven(context);
        } catch (MalformedException none) {
            return false;
        }
    }

    BlindedTags blind(TestKey key, @Nullable Authorities authorities, byte[] trapdoor, List<UUID> tags) {
        try {
            Trapdoor search = own(trapdoor);
            Map<UUID, byte[]> words = store.inForce(search.context().author(), tags);
            List<Stored> stored = new ArrayList<>();
            for (UUID tag : tags) {
                byte[] word = words.remove(tag);
                if (word == null) {
                    throw new WordsRefusedException();
                }
                stored.add(new Stored(tag, EncryptedWord.decode(word)));
            }
            Front.Blinded blinded = new Front(key, known(authorities), this::admit).blind(search, stored);
            return new BlindedTags(blinded.forBack(), blinded.forUser());
        } catch (GeneralSecurityException | SearchNotAdmittedException refused) {
            throw new WordsRefusedException();
        }
    }

    byte[] test(TestKey key, @Nullable Authorities authorities, byte[] trapdoor, byte[] batch) {
        try {
            Trapdoor search = own(trapdoor);
            String receiver = search.context().author();
            return new Back(key, known(authorities), this::admit, tags -> isInForce(receiver, tags))
                    .test(search, batch);
        } catch (GeneralSecurityException | SearchNotAdmittedException refused) {
            throw new WordsRefusedException();
        }
    }

    private boolean admit(Context search, int tests) {
        if (store.testsOf(search.author()) + tests > mostTestsAnHour) {
            throw new TestsUsedUpException();
        }
        return store.remember(search, tests);
    }

    private boolean isInForce(String receiver, Set<UUID> tags) {
        return store.inForce(receiver, tags).keySet().equals(tags);
    }

    /** Nobody searches another one's words, whoever signed it. */
    private Trapdoor own(byte[] encoded) throws GeneralSecurityException {
        Trapdoor search = Trapdoor.decode(encoded);
        if (!search.context()
                .group()
                .equals(Tagging.group(realm, search.context().author()))) {
            throw new WordsRefusedException();
        }
        return search;
    }

    /** Without the certificate of the realm nobody's signature says anything. */
    private static Authorities known(@Nullable Authorities authorities) {
        if (authorities == null) {
            throw new WordsRefusedException();
        }
        return authorities;
    }
}
