package org.sosia.persistence;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.equality.Context;
import org.sosia.crypto.equality.EncryptedWord;
import org.sosia.crypto.equality.ServerKey;
import org.sosia.crypto.equality.Trapdoor;
import org.sosia.crypto.equality.Verdict;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSigningKey;

/** Referrals of the real hospital with tags over two real stores: what a hospital does, for tests that then do something else. */
final class TaggedReferrals {

    static final String REALM = "1";
    static final String SENDER = "olga";
    static final String RECEIVER = "dora";

    final TwoStores stores;
    final CertificateAuthority ca = CertificateAuthority.generate("General Hospital");
    final OwnerSigningKey receiver = ca.issue(RECEIVER);
    final PersonKey results = PersonKey.generate();
    final Point servers;

    TaggedReferrals(TwoStores stores) throws GeneralSecurityException {
        this.stores = stores;
        servers = ServerKey.sum(
                ServerKey.decode(stores.original().testKey(TagRole.FRONT)),
                ServerKey.decode(stores.duplicate().testKey(TagRole.BACK)));
        stores.original().keepCertificate(ca.certificate().getEncoded());
        stores.duplicate().keepCertificate(REALM, ca.certificate().getEncoded());
        stores.duplicate().keepTransformKey(REALM, RECEIVER, new byte[32], new byte[0]);
    }

    static Tagging about(String receiver, Instant at) {
        return new Tagging(
                UUID.randomUUID(),
                UUID.randomUUID(),
                SENDER,
                receiver,
                at.truncatedTo(ChronoUnit.MICROS),
                Instant.now().plus(1, ChronoUnit.HOURS));
    }

    /** What both clouds hold of a referral besides its tags. */
    void stand(Tagging about) {
        stores.tamper(
                stores.atA(),
                "INSERT INTO half (id, item_id, grantee, half, expires_at, revoked, kind) VALUES ('" + about.referral()
                        + "', '" + about.record() + "', '" + about.receiver() + "', 'x', '" + about.expires()
                        + "', false, 'LOCK')");
        stores.duplicate().keepPad(REALM, about.referral(), about.receiver(), new byte[] {1}, about.expires());
    }

    List<SealedTag> sealed(Tagging about, Keyword... words) {
        Context context = about.context(REALM);
        List<SealedTag> tags = new ArrayList<>();
        for (Keyword word : words) {
            tags.add(new SealedTag(
                    UUID.randomUUID(),
                    EncryptedWord.encrypt(word, servers, context).encode()));
        }
        return tags;
    }

    void keep(Tagging about, List<SealedTag> tags) {
        stores.duplicate().keepTags(TagRole.BACK, REALM, about, tags);
        stores.original().keepTags(TagRole.FRONT, REALM, about, tags);
    }

    Tagging refer(Keyword... words) {
        return refer(Instant.now(), words);
    }

    Tagging refer(Instant at, Keyword... words) {
        Tagging about = about(RECEIVER, at);
        keep(about, sealed(about, words));
        stand(about);
        return about;
    }

    Trapdoor trapdoor(Keyword word) throws GeneralSecurityException {
        return Trapdoor.create(word, servers, Tagging.group(REALM, RECEIVER), receiver, results.publicKey());
    }

    List<Tagged> newest() {
        return stores.original().tagged(REALM, RECEIVER, null, 64);
    }

    static List<UUID> tags(List<Tagged> referrals) {
        return referrals.stream().flatMap(one -> one.tags().stream()).toList();
    }

    /** The referrals that have a word. */
    Set<UUID> search(Keyword word) throws GeneralSecurityException {
        List<Tagged> newest = newest();
        List<UUID> tags = tags(newest);
        Trapdoor trapdoor = trapdoor(word);
        BlindedTags blinded = stores.original().blind(REALM, trapdoor.encode(), tags);
        byte[] outcomes = stores.duplicate().test(REALM, trapdoor.encode(), blinded.forBack());
        Set<UUID> matching = Verdict.read(trapdoor, results, tags, blinded.forUser(), outcomes);
        Set<UUID> found = new HashSet<>();
        for (Tagged one : newest) {
            if (one.tags().stream().anyMatch(matching::contains)) {
                found.add(one.referral());
            }
        }
        return found;
    }
}
