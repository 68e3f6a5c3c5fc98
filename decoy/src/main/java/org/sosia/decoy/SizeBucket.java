package org.sosia.decoy;

/**
 * The range of sizes that Padme pads to one number, {@code (lower, upper]}.
 *
 * <p><b>Source.</b> Nikitin et al., Reducing Metadata Leakage from Encrypted Files and Communication with PURBs, 2019: a length L
 * with E = floor(log2 L) keeps its S = floor(log2 E) + 1 highest bits below the leading one; the rest is rounded up.
 */
record SizeBucket(long smallest, long largest) {

    static SizeBucket of(long bytes) {
        long largest = padded(bytes);
        long smallest = largest;
        // The bucket below may have another step, so bisect: padded() never decreases.
        long outside = largest / 2;
        while (smallest - outside > 1) {
            long middle = outside + (smallest - outside) / 2;
            if (padded(middle) == largest) {
                smallest = middle;
            } else {
                outside = middle;
            }
        }
        return new SizeBucket(smallest, largest);
    }

    static long padded(long bytes) {
        if (bytes < 4) {
            return bytes;
        }
        int e = 63 - Long.numberOfLeadingZeros(bytes);
        int s = 32 - Integer.numberOfLeadingZeros(e);
        long mask = (1L << (e - s)) - 1;
        return (bytes + mask) & ~mask;
    }

    long width() {
        return largest - smallest + 1;
    }
}
