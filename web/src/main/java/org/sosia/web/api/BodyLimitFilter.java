package org.sosia.web.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bounds every JSON body, so that nobody fills the memory with one. Uploads have a bound of their own. */
@Provider
public class BodyLimitFilter implements ContainerRequestFilter {
    /** The largest body is a patient with its address and symptoms: a few KiB. */
    static final int JSON_BYTES = 256 * 1024;

    @Override
    public void filter(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        if (type != null && type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE)) {
            return;
        }
        if (request.getLength() > JSON_BYTES) {
            request.abortWith(tooLarge().toResponse());
            return;
        }
        request.setEntityStream(new Bounded(request.getEntityStream()));
    }

    static Problem tooLarge() {
        return Problem.of(413, "body-too-large", "The body is too large", "A JSON body has at most 256 KiB.");
    }

    /** A JSON body went past its bound. */
    static final class BodyTooLargeException extends IOException {
        BodyTooLargeException() {
            super("the body is too large");
        }
    }

    private static final class Bounded extends FilterInputStream {
        private long left = JSON_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return counted(super.read(), 1);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = super.read(into, from, length);
            return counted(count, count);
        }

        private int counted(int answer, int count) throws IOException {
            if (answer >= 0) {
                left -= count;
                if (left < 0) {
                    throw new BodyTooLargeException();
                }
            }
            return answer;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
