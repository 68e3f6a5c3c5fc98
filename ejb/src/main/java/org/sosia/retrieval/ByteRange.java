package org.sosia.retrieval;

/**
 * A part of a content.
 *
 * @param from the first byte, from 0; negative: that many bytes before the end
 * @param to the last byte, inclusive; {@link #TO_THE_END} for the rest
 */
public record ByteRange(long from, long to) {

    public static final long TO_THE_END = Long.MAX_VALUE;

    public ByteRange {
        if (from >= 0 && to < from) {
            throw new IllegalArgumentException("a range does not end before it begins");
        }
    }
}
