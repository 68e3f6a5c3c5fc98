package org.sosia.decoy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Metadata packets (ISO 16684-1). They carry white space so that they can be edited in place: room to bring a file to its size. */
final class Xmp {

    private static final String END = "<?xpacket end=\"w\"?>";

    private Xmp() {}

    private static String head(LocalDate day) {
        return "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                + "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:CreateDate=\"" + day
                + "\"/>\n</rdf:RDF>\n</x:xmpmeta>\n";
    }

    static int minimum(LocalDate day) {
        return head(day).getBytes(StandardCharsets.UTF_8).length + END.length();
    }

    /** A packet of exactly so many bytes, at least {@link #minimum}. */
    static byte[] packet(LocalDate day, int length) {
        byte[] packet = new byte[length];
        byte[] head = head(day).getBytes(StandardCharsets.UTF_8);
        byte[] end = END.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < length; i++) {
            packet[i] = (byte) (i % 100 == 99 ? '\n' : ' ');
        }
        System.arraycopy(head, 0, packet, 0, head.length);
        System.arraycopy(end, 0, packet, length - end.length, end.length);
        return packet;
    }
}
