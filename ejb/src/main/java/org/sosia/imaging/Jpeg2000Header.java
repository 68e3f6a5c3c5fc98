package org.sosia.imaging;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The main header of a JPEG 2000 codestream (ISO/IEC 15444-1, A.5 and A.6): what decoding would cost is refused before it begins. */
final class Jpeg2000Header {

    private static final int BOX_HEAD = 8;
    private static final int SIGNATURE_BOX = 0x6A502020;
    private static final int CODESTREAM_BOX = 0x6A703263;

    private static final int SOC = 0xFF4F;
    private static final int SIZ = 0xFF51;
    private static final int COD = 0xFF52;
    private static final int SOT = 0xFF90;

    private static final int MOST_LAYERS = 64;
    private static final int MOST_LEVELS = 12;
    private static final int MOST_TILES = 1024;
    private static final int MOST_COMPONENTS = 4;

    private Jpeg2000Header() {}

    /** What a frame holds: the codestream itself, or one in the box {@code jp2c} of a JP2 file (annex I). */
    static byte[] codestream(byte[] frame) throws UnsupportedImageException {
        ByteBuffer in = ByteBuffer.wrap(frame);
        if (frame.length < BOX_HEAD || in.getInt(Integer.BYTES) != SIGNATURE_BOX) {
            return frame;
        }
        while (in.remaining() >= BOX_HEAD) {
            int from = in.position();
            long length = u32(in);
            if (in.getInt() == CODESTREAM_BOX) {
                return Arrays.copyOfRange(frame, from + BOX_HEAD, frame.length);
            }
            if (length < BOX_HEAD || length > frame.length - from) {
                break;
            }
            in.position(from + (int) length);
        }
        throw new UnsupportedImageException("a JP2 file without a codestream");
    }

    static void check(byte[] codestream) throws UnsupportedImageException {
        try {
            ByteBuffer in = ByteBuffer.wrap(codestream);
            if (u16(in) != SOC) {
                throw new UnsupportedImageException("not a JPEG 2000 codestream");
            }
            boolean sized = false;
            boolean coded = false;
            for (int marker = u16(in); marker != SOT; marker = u16(in)) {
                int next = in.position() + u16(in);
                if (marker == SIZ) {
                    size(in);
                    sized = true;
                } else if (marker == COD) {
                    coding(in);
                    coded = true;
                }
                in.position(next);
            }
            if (!sized || !coded) {
                throw new UnsupportedImageException("a JPEG 2000 codestream without its headers");
            }
        } catch (BufferUnderflowException | IllegalArgumentException cutShort) {
            throw new UnsupportedImageException("the JPEG 2000 codestream is cut short");
        }
    }

    private static void size(ByteBuffer in) throws UnsupportedImageException {
        in.getShort();
        long width = u32(in);
        long height = u32(in);
        long fromX = u32(in);
        long fromY = u32(in);
        long tileWidth = u32(in);
        long tileHeight = u32(in);
        long tileX = u32(in);
        long tileY = u32(in);
        int components = u16(in);
        long most = Images.MOST_PIXELS;
        if (width - fromX > most || height - fromY > most || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new UnsupportedImageException("the JPEG 2000 image has too many pixels");
        }
        Images.boundedPixels((int) (width - fromX), (int) (height - fromY));
        if (tileWidth < 1 || tileHeight < 1 || tileX > fromX || tileY > fromY) {
            throw new UnsupportedImageException("the JPEG 2000 image has malformed tiles");
        }
        long tiles = ((width - tileX + tileWidth - 1) / tileWidth) * ((height - tileY + tileHeight - 1) / tileHeight);
        if (tiles > MOST_TILES || components > MOST_COMPONENTS) {
            throw new UnsupportedImageException("the JPEG 2000 image has too many tiles or components");
        }
    }

    private static void coding(ByteBuffer in) throws UnsupportedImageException {
        in.get();
        in.get();
        int layers = u16(in);
        in.get();
        int levels = in.get() & 0xff;
        if (layers > MOST_LAYERS || levels > MOST_LEVELS) {
            throw new UnsupportedImageException("the JPEG 2000 image has too many layers or levels");
        }
    }

    private static int u16(ByteBuffer in) {
        return Short.toUnsignedInt(in.getShort());
    }

    private static long u32(ByteBuffer in) {
        return Integer.toUnsignedLong(in.getInt());
    }
}
