package org.sosia.similar;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.List;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.nearest.Plan;
import org.sosia.crypto.nearest.Roll;
import org.sosia.crypto.nearest.Shape;
import org.sosia.crypto.nearest.Side;
import org.sosia.crypto.nearest.Token;
import org.sosia.crypto.nearest.UserToken;
import org.sosia.indexing.Gallery;
import org.sosia.persistence.GalleryRow;

/** Has the key authority deal a token for one search and delivers its parts: each cloud's to that cloud, the user's to the user. */
@ApplicationScoped
class Tokens {

    private static final byte ROLL_VERSION = 1;

    /** The plan shows how many rows at most can be asked for; few sizes tell less than the number itself. */
    private static final int[] SIZES = {10, Wish.MOST};

    UserToken deal(Gallery gallery, List<GalleryRow> rows, int k, boolean pruned) {
        Roll roll = roll(rows);
        Shape shape = Shape.image(
                gallery.extractor().columns(),
                gallery.extractor().rows(),
                gallery.extractor().segments());
        Plan plan = Plan.of(shape, roll, 0, k <= SIZES[0] ? SIZES[0] : SIZES[1], pruned);
        Token token = gallery.dealer().mint(plan, roll, 1).get(0);
        gallery.first().deposit(gallery.a(), token.id(), token.exposeSecretBytesFor(Side.A));
        gallery.second().deposit(gallery.b(), token.id(), token.exposeSecretBytesFor(Side.B));
        return token.forUser();
    }

    private static Roll roll(List<GalleryRow> rows) {
        ByteBuffer encoded = ByteBuffer.allocate(1 + Integer.BYTES + rows.size() * (Integer.BYTES + Long.BYTES));
        encoded.put(ROLL_VERSION).putInt(rows.size());
        rows.forEach(row -> encoded.putInt(row.number()).putLong(row.version()));
        try {
            return Roll.decode(encoded.array());
        } catch (MalformedException broken) {
            throw new IllegalStateException("a cloud lists its rows in another order than by number", broken);
        }
    }
}
