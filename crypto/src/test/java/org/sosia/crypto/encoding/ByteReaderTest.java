package org.sosia.crypto.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
    @Test
    void whatIsWrittenIsRead() throws Exception {
        UUID id = UUID.randomUUID();
        byte[] encoded = new ByteWriter()
                .u8(255)
                .u16(65_535)
                .u32(Integer.MAX_VALUE)
                .u64(Long.MAX_VALUE)
                .uuid(id)
                .sized(new byte[] {'o', 'k'})
                .fixed(new byte[] {1})
                .toByteArray();
        ByteReader reader = new ByteReader(encoded, encoded.length);
        assertThat(reader.u8()).isEqualTo(255);
        assertThat(reader.u16()).isEqualTo(65_535);
        assertThat(reader.u32()).isEqualTo(Integer.MAX_VALUE);
        assertThat(reader.u64()).isEqualTo(Long.MAX_VALUE);
        assertThat(reader.uuid()).isEqualTo(id);
        assertThat(reader.text(2)).isEqualTo("ok");
        reader.expect((byte) 1);
        reader.end();
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertRefused(() -> new ByteReader(new byte[0]).u8());
        assertRefused(() -> new ByteReader(new byte[1]).u16());
        assertRefused(() -> new ByteReader(new byte[3]).u32());
        assertRefused(() -> new ByteReader(new byte[7]).u64());
        assertRefused(() -> new ByteReader(new byte[15]).uuid());
        assertRefused(() -> new ByteReader(new byte[] {0, 2, 1}).sized(9));
        assertRefused(() -> new ByteReader(new byte[] {2}).expect((byte) 1));
    }

    @Test
    void whatExceedsItsLimitIsRefused() {
        assertRefused(() -> new ByteReader(new byte[3], 2));
        assertRefused(() -> new ByteReader(new byte[] {0, 2, 1, 1}).sized(1));
        assertRefused(() -> new ByteReader(new byte[] {-1, -1, -1, -1}).u32());
        assertRefused(() -> new ByteReader(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}).u64());
    }

    @Test
    void whatIsLeftOverIsRefused() {
        assertRefused(() -> new ByteReader(new byte[1]).end());
    }

    @Test
    void textMustBeUtf8() {
        assertRefused(() -> new ByteReader(new byte[] {0, 2, (byte) 0xc0, (byte) 0x80}).text(9));
    }

    @Test
    void numbersMustFitTheirFields() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteWriter().u8(256));
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteWriter().u16(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteWriter().u32(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteWriter().u64(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteWriter().sized(new byte[65_536]));
    }

    @Test
    void zeroIsANumber() throws Exception {
        byte[] encoded = new ByteWriter().u8(0).u16(0).u32(0).u64(0).toByteArray();
        assertThat(encoded).isEqualTo(new byte[15]);
        ByteReader reader = new ByteReader(encoded);
        assertThat(reader.u8() + reader.u16() + reader.u32() + reader.u64()).isZero();
        reader.end();
    }

    private static void assertRefused(ThrowingCallable reading) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(reading);
    }
}
