package org.sosia.similar;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sosia.imaging.GreyImage;
import org.sosia.imaging.Images;
import org.sosia.imaging.UnsupportedImageException;

/** Lets few images be decoded at a time: a large one takes some hundred megabytes. */
@ApplicationScoped
class Decoding {

    private static final int AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 20;

    private final Semaphore places = new Semaphore(AT_ONCE, true);

    GreyImage of(InputStream image) throws UnsupportedImageException, TooManySearchesException, IOException {
        boolean entered = false;
        try {
            entered = places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!entered) {
                throw new TooManySearchesException();
            }
            return Images.read(image);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new TooManySearchesException();
        } finally {
            if (entered) {
                places.release();
            }
        }
    }
}
