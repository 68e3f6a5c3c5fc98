package org.sosia.web.shell;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/**
 * A short text as a QR code, drawn as one SVG path of unit squares: it stands in the page itself, so that no address exists
 * under which the code could be fetched a second time.
 */
public final class QrCode {
    /** ISO/IEC 18004 asks for a quiet zone of four modules. */
    private static final int QUIET_MODULES = 4;

    private final BitMatrix modules;

    private QrCode(BitMatrix modules) {
        this.modules = modules;
    }

    /** The code of a text of at most some hundred characters. */
    public static QrCode of(String text) {
        try {
            return new QrCode(new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.MARGIN,
                                    QUIET_MODULES)));
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("the text does not fit a QR code", tooLong);
        }
    }

    /** Modules along one side, the quiet zone included. */
    public int side() {
        return modules.getWidth();
    }

    /** The dark modules as the {@code d} of an SVG path. */
    public String path() {
        var path = new StringBuilder();
        for (int row = 0; row < modules.getHeight(); row++) {
            for (int column = 0; column < modules.getWidth(); column++) {
                if (modules.get(column, row)) {
                    path.append('M').append(column).append(' ').append(row).append("h1v1h-1z");
                }
            }
        }
        return path.toString();
    }
}
