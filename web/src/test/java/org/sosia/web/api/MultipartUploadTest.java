package org.sosia.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.io.input.InfiniteCircularInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.web.api.MultipartProblemException.Kind;

class MultipartUploadTest {
    private static final String TYPE = "multipart/form-data; boundary=edge";
    private static final String METADATA =
            "--edge\r\nContent-Disposition: form-data; name=\"metadata\"\r\nContent-Type: application/json\r\n\r\n{\"kind\":\"note\"}\r\n";
    private static final String FILE_HEAD =
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\nContent-Type: text/plain\r\n\r\n";
    private static final String END = "\r\n--edge--\r\n";

    private static MultipartUpload begin(String body) throws IOException {
        return MultipartUpload.begin(TYPE, new ByteArrayInputStream(body.getBytes(UTF_8)));
    }

    private static void refuses(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MultipartProblemException.class,
                        problem -> assertThat(problem.kind()).isEqualTo(kind));
    }

    @Test
    void metadataThenFileIsAnUpload() throws IOException {
        MultipartUpload upload = begin(METADATA + FILE_HEAD + "Rest and fluids.\n" + END);

        assertThat(new String(upload.metadata(), UTF_8)).isEqualTo("{\"kind\":\"note\"}");
        assertThat(upload.fileName()).isEqualTo("note.txt");
        assertThat(upload.fileType()).isEqualTo("text/plain");
        assertThat(upload.file().readAllBytes()).isEqualTo("Rest and fluids.\n".getBytes(UTF_8));
        assertThat(upload.problem()).isEmpty();
    }

    @Test
    void aPreambleIsSkippedAndAnEpilogueIgnored() throws IOException {
        MultipartUpload upload = begin("This is multipart.\r\n" + METADATA + FILE_HEAD + "x" + END + "goodbye");

        assertThat(upload.file().readAllBytes()).isEqualTo(new byte[] {'x'});
    }

    @Test
    void aFileThatLooksLikeABoundaryIsAFile() throws IOException {
        String tricky = "--edg\r\n--edgE--\r\n\r\n-\r\n--edg";

        assertThat(begin(METADATA + FILE_HEAD + tricky + END).file().readAllBytes())
                .isEqualTo(tricky.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_003})
    void everySizeComesThroughWhole(int size) throws IOException {
        byte[] file = new byte[size];
        for (int i = 0; i < size; i++) {
            file[i] = (byte) (i * 31 + i / 255);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes((METADATA + FILE_HEAD).getBytes(UTF_8));
        body.writeBytes(file);
        body.writeBytes(END.getBytes(UTF_8));

        MultipartUpload upload = MultipartUpload.begin(TYPE, new ByteArrayInputStream(body.toByteArray()));

        assertThat(upload.file().readAllBytes()).isEqualTo(file);
    }

    /** Wherever a read of the socket ends, and whatever precedes the delimiter, it is found. */
    @Test
    void aDelimiterIsFoundAcrossEveryReadAndBehindItsOwnBeginnings() throws IOException {
        for (String start :
                List.of("", "\r", "\r\n", "\r\n-", "\r\n--edg", "\r\n--edg\r\n--ed", "\r\r\n--\r\n--ed", "e", "dge")) {
            byte[] body = (METADATA + FILE_HEAD + "content" + start + END).getBytes(UTF_8);
            for (int step = 1; step < 40; step++) {
                InputStream trickling = trickling(body, step);

                byte[] file = MultipartUpload.begin(TYPE, trickling).file().readAllBytes();

                assertThat(new String(file, UTF_8)).as("%s bytes a read", step).isEqualTo("content" + start);
            }
        }
    }

    /** The library that decodes words of RFC 2047 throws what its decoder throws. */
    @Test
    void aWordInBase64ThatIsNoneIsNoServerError() {
        refuses(Kind.MALFORMED, () -> begin(METADATA + FILE_HEAD.replace("note.txt", "=?UTF-8?B?A?=") + "x" + END));
        refuses(
                Kind.MALFORMED,
                () -> MultipartUpload.boundary("multipart/form-data; charset=\"=?UTF-8?B?A?=\"; boundary=edge"));
    }

    private static InputStream trickling(byte[] body, int step) {
        return new FilterInputStream(new ByteArrayInputStream(body)) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return super.read(into, from, Math.min(length, step));
            }
        };
    }

    @Test
    void theLengthOfTheFileIsKnownFromThatOfTheBody() throws IOException {
        for (int size : new int[] {0, 1, 70_000, 1_000_000}) {
            byte[] body = (METADATA + FILE_HEAD + "x".repeat(size) + END).getBytes(UTF_8);
            MultipartUpload upload = MultipartUpload.begin(TYPE, new ByteArrayInputStream(body));

            assertThat(upload.expectedBytes(body.length)).isEqualTo(size);
            assertThat(upload.expectedBytes(-1)).isEqualTo(-1);
            assertThat(upload.expectedBytes(3)).isEqualTo(-1);
        }
    }

    @Test
    void nothingIsReadAheadBeyondOneBuffer() throws IOException {
        long[] given = {0};
        InputStream endless =
                new FilterInputStream(new SequenceInputStream(
                        new ByteArrayInputStream((METADATA + FILE_HEAD).getBytes(UTF_8)),
                        new InfiniteCircularInputStream(new byte[] {1, 2, 3}))) {
                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        int count = super.read(into, from, length);
                        given[0] += count;
                        return count;
                    }
                };

        MultipartUpload upload = MultipartUpload.begin(TYPE, endless);
        upload.file().readNBytes(10);

        assertThat(given[0]).isLessThan(200_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\n--edge", "\r\n--ed"})
    void aBodyCutShortNeverEndsTheFile(String end) throws IOException {
        MultipartUpload upload = begin(METADATA + FILE_HEAD + "half a fi" + end);

        assertThatThrownBy(() -> upload.file().readAllBytes()).isInstanceOf(IOException.class);
        assertThat(upload.problem()).isPresent();
    }

    @Test
    void everyCutBeforeTheFileIsRefused() {
        String whole = METADATA + FILE_HEAD;
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> begin(cut)).as("cut at %s", length).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theFileFirstIsTheWrongOrder() {
        refuses(Kind.METADATA_FIRST, () -> begin(FILE_HEAD + "x\r\n" + METADATA + "--edge--\r\n"));
    }

    @Test
    void metadataWithoutAFileIsRefused() {
        refuses(Kind.MISSING_FILE, () -> begin(METADATA + "--edge--\r\n"));
    }

    @Test
    void anotherPartInPlaceOfTheFileIsRefused() {
        refuses(
                Kind.MISSING_FILE,
                () -> begin(METADATA + "--edge\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx" + END));
    }

    @Test
    void aThirdPartFailsTheFileBeforeItsEnd() throws IOException {
        MultipartUpload upload = begin(METADATA + FILE_HEAD + "x\r\n" + FILE_HEAD + "y" + END);

        refuses(Kind.UNEXPECTED_PART, () -> upload.file().readAllBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; charset=utf-8"
            })
    void aMissingBoundaryIsNamed(String type) {
        refuses(Kind.MISSING_BOUNDARY, () -> MultipartUpload.begin(type, InputStream.nullInputStream()));
    }

    @Test
    void aBoundaryLongerThanTheStandardAllowsIsRefused() {
        String type = "multipart/form-data; boundary=" + "x".repeat(71);

        refuses(Kind.MISSING_BOUNDARY, () -> MultipartUpload.begin(type, InputStream.nullInputStream()));
    }

    @Test
    void anotherTypeIsNotMultipart() {
        refuses(Kind.NOT_MULTIPART, () -> MultipartUpload.begin("application/json", InputStream.nullInputStream()));
        refuses(Kind.NOT_MULTIPART, () -> MultipartUpload.begin(null, InputStream.nullInputStream()));
    }

    @Test
    void anotherBoundaryThanTheNamedOneIsMalformed() {
        refuses(
                Kind.MALFORMED,
                () -> MultipartUpload.begin(
                        "multipart/form-data; boundary=other",
                        new ByteArrayInputStream((METADATA + FILE_HEAD + "x" + END).getBytes(UTF_8))));
    }

    @Test
    void aHugePartHeaderIsRefused() {
        String huge = "--edge\r\nContent-Disposition: form-data; name=\"metadata\"\r\nX-Fill: "
                + "a".repeat(2 * MultipartUpload.PART_HEADER_BYTES)
                + "\r\n\r\n{}\r\n";

        refuses(Kind.HEADER_TOO_LARGE, () -> begin(huge + FILE_HEAD + "x" + END));
    }

    @Test
    void hugeMetadataAreRefused() {
        String huge = METADATA.replace("{\"kind\":\"note\"}", " ".repeat(MultipartUpload.METADATA_BYTES + 1));

        refuses(Kind.METADATA_TOO_LARGE, () -> begin(huge + FILE_HEAD + "x" + END));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "C:\\\\windows\\\\passwd", "/etc/passwd", "passwd"})
    void aNameIsItsLastSegment(String sent) throws IOException {
        String head = FILE_HEAD.replace("note.txt", sent);

        assertThat(begin(METADATA + head + "x" + END).fileName()).isEqualTo("passwd");
    }

    @Test
    void namesAndTypesMayBeMissing() throws IOException {
        String bare = "--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";

        MultipartUpload upload = begin(METADATA + bare + "x" + END);

        assertThat(upload.fileName()).isEmpty();
        assertThat(upload.fileType()).isNull();
    }

    @Test
    void headerNamesMayBeInAnyCase() throws IOException {
        String lower = (METADATA + FILE_HEAD)
                .replace("Content-Disposition", "content-disposition")
                .replace("Content-Type", "CONTENT-TYPE");

        assertThat(begin(lower + "x" + END).fileType()).isEqualTo("text/plain");
    }

    @Test
    void noiseIsRefusedAndNeverHangs() {
        for (int seed = 0; seed < 500; seed++) {
            byte[] noise = (METADATA + FILE_HEAD + "some content" + END).getBytes(UTF_8);
            // Every seed breaks two places of an otherwise good body.
            noise[(seed * 7919) % noise.length] ^= (byte) (1 + seed % 255);
            noise[(seed * 104_729) % noise.length] = (byte) seed;
            byte[] body = Arrays.copyOf(noise, noise.length);
            try {
                MultipartUpload.begin(TYPE, new ByteArrayInputStream(body))
                        .file()
                        .readAllBytes();
            } catch (IOException refused) {
                assertThat(refused).as("seed %s", seed).hasNoCause();
            }
        }
    }
}
