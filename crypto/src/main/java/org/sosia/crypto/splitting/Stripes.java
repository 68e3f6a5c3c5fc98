package org.sosia.crypto.splitting;

/** How content is cut: stripes of k units; the last stripe is as short as its content allows, its k units equally long. */
final class Stripes {
    /** A range costs at most one stripe more than it is long; the cost of starting a stripe is spread over as many bytes. */
    static final int UNIT_BYTES = 64 * 1024;

    private Stripes() {}

    /** How many bytes of content a share holds, its padding included. */
    static long shareOf(long length, int needed) {
        long stripe = (long) needed * UNIT_BYTES;
        return length / stripe * UNIT_BYTES + unit(length % stripe, needed);
    }

    /** The length of the units of a stripe with so many bytes of content. */
    static int unit(long stripeBytes, int needed) {
        return (int) ((stripeBytes + needed - 1) / needed);
    }
}
