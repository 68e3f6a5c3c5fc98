package org.sosia.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * HL7 version 2: segments of three letters or digits, each on its line, the first a message, batch or file header. The character
 * set is the message's own business (MSH-18). <b>Source.</b> HL7 2.5.1, chapter 2.
 */
final class Hl7Inspector implements Inspector {

    static final String MEDIA_TYPE = "x-application/hl7-v2+er7";

    private static final int NAME = 3;

    @Override
    public Optional<Finding> expected(byte[] head) {
        return Optional.of(new Finding(MEDIA_TYPE));
    }

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        int column = 0;
        for (int one = in.read(); one >= 0; one = in.read()) {
            if (one == '\r' || one == '\n') {
                if (column > 0 && column < NAME) {
                    throw malformed();
                }
                column = 0;
            } else {
                boolean fits = column < NAME ? isNameLetter(one, column) : TextInspector.isPrintable(one);
                if (!fits) {
                    throw malformed();
                }
                column++;
            }
        }
        return new Finding(MEDIA_TYPE);
    }

    private static boolean isNameLetter(int one, int column) {
        return (one >= 'A' && one <= 'Z') || (column > 0 && one >= '0' && one <= '9');
    }

    private static UnsupportedContentException malformed() {
        return new UnsupportedContentException(ContentFault.MALFORMED, "the HL7 message is not well formed");
    }
}
