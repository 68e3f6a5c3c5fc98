package org.sosia.indexing;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sosia.crypto.nearest.Dealer;
import org.sosia.crypto.nearest.Shape;
import org.sosia.crypto.nearest.Side;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.imaging.Extractor;
import org.sosia.imaging.Extractors;
import org.sosia.lane.Hospital;
import org.sosia.persistence.GalleryEnd;
import org.sosia.persistence.GalleryEnd.End;

/** The galleries of both hospitals, each begun at both clouds when it is first needed. */
@ApplicationScoped
public class Galleries {

    private static final int MASTER_BYTES = 32;

    private final Map<String, Gallery> known = new ConcurrentHashMap<>();

    /** All galleries of a hospital. */
    public List<Gallery> of(Hospital hospital) throws GeneralSecurityException {
        List<Gallery> all = new ArrayList<>();
        for (Extractor extractor : Extractors.ALL) {
            all.add(of(hospital, extractor));
        }
        return all;
    }

    /** The gallery of what one extractor made in a hospital. */
    public Gallery of(Hospital hospital, Extractor extractor) throws GeneralSecurityException {
        String name = hospital.realm() + "/" + extractor.id();
        Gallery gallery = known.get(name);
        if (gallery == null) {
            gallery = begun(hospital, extractor);
            known.put(name, gallery);
        }
        return gallery;
    }

    private static Gallery begun(Hospital hospital, Extractor extractor) throws GeneralSecurityException {
        GalleryEnd a = end(hospital, extractor, End.A);
        GalleryEnd b = end(hospital, extractor, End.B);
        byte[] master = hospital.keys()
                .made(
                        "gallery-" + extractor.id(),
                        () -> SecretBytes.random(MASTER_BYTES).exposeSecretBytes());
        try (SecretBytes secret = SecretBytes.copyOf(master)) {
            Shape shape = Shape.image(extractor.columns(), extractor.rows(), extractor.segments());
            Dealer dealer = new Dealer(shape, SecretBytes.copyOf(secret.exposeSecretBytes()));
            // Each cloud gets its own key, and only that.
            hospital.searches().first().open(a, dealer.maskKey(Side.A).exposeSecretBytes());
            hospital.searches().second().open(b, dealer.maskKey(Side.B).exposeSecretBytes());
            return new Gallery(
                    extractor,
                    a,
                    b,
                    hospital.searches().first(),
                    hospital.searches().second(),
                    dealer);
        } finally {
            Arrays.fill(master, (byte) 0);
        }
    }

    private static GalleryEnd end(Hospital hospital, Extractor extractor, End end) {
        return new GalleryEnd(
                hospital.realm(), extractor.id(), end, extractor.columns(), extractor.rows(), extractor.segments());
    }
}
