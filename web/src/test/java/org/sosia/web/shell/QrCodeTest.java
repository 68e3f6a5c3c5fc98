package org.sosia.web.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {
    private static final String KEY = "3F9K7-QX2MD-81ZRT-0VWYB-6HNPC-5G";

    @Test
    void whatIsDrawnReadsAsTheText() throws Exception {
        assertThat(read(QrCode.of(KEY))).isEqualTo(KEY);
    }

    @Test
    void aTextLongerThanACodeCanHoldIsRefused() {
        assertThatThrownBy(() -> QrCode.of("x".repeat(5000))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Reads the path as a phone would read the picture: quiet zone off, then the standard's decoder. */
    private static String read(QrCode code) throws Exception {
        int quiet = 4;
        var modules = new BitMatrix(code.side() - 2 * quiet);
        var squares = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(code.path());
        while (squares.find()) {
            modules.set(Integer.parseInt(squares.group(1)) - quiet, Integer.parseInt(squares.group(2)) - quiet);
        }
        return new Decoder().decode(modules).getText();
    }
}
