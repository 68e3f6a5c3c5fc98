package org.sosia.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pictures and sounds of which only the frame is followed: that the head makes sense and that all is there which it promises.
 * Nothing is decoded here, so nothing can explode.
 *
 * <p><b>Source.</b> Microsoft BITMAPINFOHEADER; TIFF 6.0, section 2; GIF89a; RIFF/WAVE.
 */
enum MediaInspector implements Inspector {
    BMP("image/bmp") {
        @Override
        void follow(Feed feed) throws IOException, UnsupportedContentException {
            ByteBuffer head = little(feed.take(26));
            long pixels = Integer.toUnsignedLong(head.getInt(10));
            int headerBytes = head.getInt(14);
            if (headerBytes < 40 || headerBytes > 124) {
                throw feed.malformed();
            }
            long width = head.getInt(18);
            long height = Math.abs((long) head.getInt(22));
            requirePlausible(feed, width, height);
            ByteBuffer depth = little(feed.take(8));
            int bits = depth.getShort(2);
            boolean plain = depth.getInt(4) == 0;
            long promised = plain ? pixels + (width * bits + 31) / 32 * 4 * height : pixels;
            feed.pass(Math.max(0, promised - feed.position()));
        }
    },
    TIFF("image/tiff") {
        @Override
        void follow(Feed feed) throws IOException, UnsupportedContentException {
            byte[] head = feed.take(8);
            var order = head[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            long directory =
                    Integer.toUnsignedLong(ByteBuffer.wrap(head).order(order).getInt(4));
            if (directory < 8) {
                throw feed.malformed();
            }
            feed.pass(directory - 8);
            int entries = Short.toUnsignedInt(
                    ByteBuffer.wrap(feed.take(2)).order(order).getShort());
            if (entries == 0) {
                throw feed.malformed();
            }
            feed.pass(12L * entries + 4);
        }
    },
    GIF("image/gif") {
        @Override
        void follow(Feed feed) throws IOException, UnsupportedContentException {
            ByteBuffer head = little(feed.take(13));
            requirePlausible(feed, Short.toUnsignedInt(head.getShort(6)), Short.toUnsignedInt(head.getShort(8)));
            colours(feed, head.get(10));
            for (int block = feed.next(); block != TRAILER; block = feed.next()) {
                switch (block) {
                    case EXTENSION -> feed.pass(1);
                    case IMAGE -> {
                        colours(feed, feed.take(9)[8]);
                        feed.pass(1);
                    }
                    default -> throw block < 0 ? feed.truncated() : feed.malformed();
                }
                subBlocks(feed);
            }
        }

        private void colours(Feed feed, byte flags) throws IOException, UnsupportedContentException {
            if ((flags & 0x80) != 0) {
                feed.pass(3L << ((flags & 7) + 1));
            }
        }

        private void subBlocks(Feed feed) throws IOException, UnsupportedContentException {
            for (int length = feed.next(); length != 0; length = feed.next()) {
                if (length < 0) {
                    throw feed.truncated();
                }
                feed.pass(length);
            }
        }
    },
    WAVE("audio/wav") {
        @Override
        void follow(Feed feed) throws IOException, UnsupportedContentException {
            long end = 8 + Integer.toUnsignedLong(little(feed.take(12)).getInt(4));
            boolean sound = false;
            while (feed.position() + 8 <= end) {
                ByteBuffer chunk = little(feed.take(8));
                long length = Integer.toUnsignedLong(chunk.getInt(4));
                sound |= US_ASCII.decode(chunk.slice(0, 4)).toString().equals("data");
                feed.pass(Math.min(length + (length & 1), end - feed.position()));
            }
            if (!sound) {
                throw feed.malformed();
            }
        }
    };

    private static final int TRAILER = 0x3B;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;

    private final String mediaType;

    MediaInspector(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        follow(new Feed(in, name()));
        in.transferTo(java.io.OutputStream.nullOutputStream());
        return new Finding(mediaType);
    }

    abstract void follow(Feed feed) throws IOException, UnsupportedContentException;

    private static void requirePlausible(Feed feed, long width, long height) throws UnsupportedContentException {
        if (width <= 0 || height <= 0) {
            throw feed.malformed();
        }
        if (width > PngInspector.MOST_PIXELS / height) {
            throw new UnsupportedContentException(
                    ContentFault.TOO_MANY_PIXELS, "the picture claims more pixels than are taken in");
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
