package org.sosia.web.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sosia.web.api.MultipartProblemException.Kind;

/**
 * The parts of a multipart body, one after the other, through one buffer.
 *
 * <p>A delimiter of m bytes is looked for at every m-th byte only (Horspool, "Practical fast searching in strings", 1980): most
 * bytes of a file are copied and never looked at. A search byte by byte took longer than encrypting and hashing the file.
 *
 * <p><b>Source.</b> RFC 2046, section 5.1.1; RFC 7578. Nothing follows a delimiter in its line.
 */
final class MultipartReader {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] CRLF = {'\r', '\n'};

    private final InputStream body;
    private final byte[] delimiter;

    /** By how much the search may go on from a byte; 0 where a delimiter may end. */
    private final int[] shift = new int[256];

    /** By how much it goes on where none ended. */
    private final int shiftFromLast;

    private final byte[] buffer = new byte[BUFFER_BYTES];

    /** The bytes from {@code position} to {@code clear} are content; a delimiter begins at {@code clear} if one was found. */
    private int position;

    private int clear;
    private int limit;
    private boolean found;
    private boolean begun;
    private long arrived;

    MultipartReader(InputStream body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        Arrays.fill(shift, delimiter.length);
        for (int i = 0; i < delimiter.length - 1; i++) {
            shift[delimiter[i] & 0xFF] = delimiter.length - 1 - i;
        }
        int last = delimiter[delimiter.length - 1] & 0xFF;
        shiftFromLast = shift[last];
        shift[last] = 0;
        // The line break before the first delimiter may be missing.
        System.arraycopy(CRLF, 0, buffer, 0, CRLF.length);
        limit = CRLF.length;
        arrived = -CRLF.length;
    }

    /** How many bytes of the body were used so far. */
    long used() {
        return arrived + position;
    }

    /** What the last delimiter adds to the body, with the line break that usually ends it. */
    int closingBytes() {
        return delimiter.length + "--".length() + CRLF.length;
    }

    /** Goes on to the headers of the next part, passing over what is left of this one. Says whether there is one. */
    boolean next() throws IOException {
        position = clear;
        while (!found) {
            look();
            position = clear;
        }
        begun = true;
        position += delimiter.length;
        int first = octet();
        int second = octet();
        if (first == '-' && second == '-') {
            return false;
        }
        if (first != CRLF[0] || second != CRLF[1]) {
            throw new MultipartProblemException(Kind.MALFORMED);
        }
        return true;
    }

    /**
     * The headers of the part, up to the empty line.
     *
     * @param most how many bytes they may have
     */
    String headers(int most) throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        int line = 0;
        while (true) {
            int octet = octet();
            headers.write(octet);
            line = octet == '\n' ? 0 : line + 1;
            int size = headers.size();
            if (octet == '\r' && line == 1) {
                if (octet() != '\n') {
                    throw new MultipartProblemException(Kind.MALFORMED);
                }
                break;
            }
            if (size > most) {
                throw new MultipartProblemException(Kind.HEADER_TOO_LARGE);
            }
        }
        clear = position;
        found = false;
        return headers.toString(StandardCharsets.UTF_8);
    }

    /** Content of the part; -1 at its delimiter. */
    int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == clear && !found) {
            look();
        }
        if (position == clear) {
            return -1;
        }
        int count = Math.min(length, clear - position);
        System.arraycopy(buffer, position, into, from, count);
        position += count;
        return count;
    }

    /** The content of the part as a stream, which ends at the delimiter and is never closed. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return MultipartReader.this.read(into, from, length);
            }
        };
    }

    private int octet() throws IOException {
        if (position == limit) {
            fill();
        }
        return buffer[position++] & 0xFF;
    }

    /** Decides about more bytes, at least one, whether they are content. */
    private void look() throws IOException {
        while (limit - position < delimiter.length) {
            fill();
        }
        int at = search();
        found = at >= 0;
        clear = found ? at : limit - delimiter.length + 1;
    }

    private int search() {
        int last = delimiter.length - 1;
        int end = position + last;
        while (end < limit) {
            int step = shift[buffer[end] & 0xFF];
            if (step == 0) {
                if (matches(end - last)) {
                    return end - last;
                }
                step = shiftFromLast;
            }
            end += step;
        }
        return -1;
    }

    private boolean matches(int from) {
        return Arrays.equals(buffer, from, from + delimiter.length, delimiter, 0, delimiter.length);
    }

    private void fill() throws IOException {
        int kept = limit - position;
        if (limit == buffer.length || kept == 0) {
            System.arraycopy(buffer, position, buffer, 0, kept);
            arrived += position;
            position = 0;
            limit = kept;
        }
        int count = body.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            throw new MultipartProblemException(begun ? Kind.TRUNCATED : Kind.MALFORMED);
        }
        limit += count;
    }
}
