package org.sosia.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Real files, and streams of any size that can be compared without being kept. */
final class Samples {

    /** Five modalities and transfer syntaxes: uncompressed CT, big-endian MR, RLE, a waveform, JPEG. */
    static final String[] DICOM = {
        "CT_small.dcm", "MR_small_bigendian.dcm", "SC_rgb_rle_2frame.dcm", "waveform_ecg.dcm", "liver_expb_1frame.dcm"
    };

    static final String[] FHIR = {
        "Clemente_Kreiger_1484a42d-0eaf-4654-9cbf-6b050a5cd73b.json",
        "Ned_Hintz_e4b9259d-0f54-48d1-a35d-b526729a4dfe.json"
    };

    private Samples() {}

    static byte[] dicom(String name) {
        return read("/real/dicom/" + name);
    }

    static byte[] fhir(String name) {
        return read("/real/fhir/" + name);
    }

    private static byte[] read(String path) {
        try (InputStream in = Samples.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no such sample: " + path);
            }
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static String sha256(InputStream in) {
        try (in) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return "sha-256:" + HexFormat.of().formatHex(digest.digest());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String sha256(byte[] bytes) {
        return sha256(new java.io.ByteArrayInputStream(bytes));
    }

    /** A stream of {@code size} bytes that does not repeat within 64 KiB blocks: block number, then a fixed pattern. */
    static InputStream large(long size) {
        return new InputStream() {
            private final byte[] block = new byte[1 << 16];
            private long position;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (position >= size) {
                    return -1;
                }
                int within = (int) (position & 0xffff);
                if (within == 0) {
                    fill(position >>> 16);
                }
                int n = (int) Math.min(Math.min(length, block.length - within), size - position);
                System.arraycopy(block, within, target, offset, n);
                position += n;
                return n;
            }

            private void fill(long number) {
                long state = number * 0x9E3779B97F4A7C15L + 1;
                for (int i = 0; i < block.length; i += 8) {
                    state ^= state << 13;
                    state ^= state >>> 7;
                    state ^= state << 17;
                    for (int b = 0; b < 8; b++) {
                        block[i + b] = (byte) (state >>> (8 * b));
                    }
                }
            }
        };
    }
}
