package org.sosia.crypto.pairing;

import org.sosia.crypto.encoding.MalformedException;

/**
 * What computes in the groups. All values are immutable and safe for threads, except a {@link Product}. Values of two engines never meet; their
 * encodings are the same.
 */
interface Engine {
    /** The engine of this process. */
    Engine CHOSEN = named(System.getProperty("sosia.crypto.engine", "blst"));

    /** Made by its engine; the other operand must be of the same engine and group. */
    interface Element {
        Element multiply(Element factor);

        Element power(Exponent exponent);

        boolean isOne();

        boolean isSame(Element other);

        byte[] encode();
    }

    /** An element of one of the two source groups. */
    interface Point extends Element {
        @Override
        Point multiply(Element factor);

        @Override
        Point power(Exponent exponent);

        Point inverse();
    }

    /** An integer modulo the order, not zero. Sums that are zero are an ArithmeticException. */
    interface Exponent {
        Exponent add(Exponent summand);

        Exponent multiply(Exponent factor);

        Exponent inverse();

        byte[] encode();
    }

    /** A base with a table of its multiples. */
    interface Powers {
        Element power(Exponent exponent);
    }

    /** A product of pairings, filled and then read once; neither operand is ever neutral. */
    interface Product {
        void times(Point left, Point right);

        Element value();
    }

    /** An integer of any length, big-endian, modulo the order. */
    Exponent exponent(byte[] bigEndian);

    /** {@code expand_message_xmd} with SHA-256 to 48 bytes, modulo the order. */
    Exponent hashToExponent(byte[] message, String domain);

    Point generatorOfG1();

    Point generatorOfG2();

    /** RFC 9380, {@code BLS12381G1_XMD:SHA-256_SSWU_RO_}. */
    Point hashToG1(byte[] message, String domain);

    /** Refuses whatever is not the one compressed form of an element other than the neutral one. */
    Point decodeG1(byte[] encoded) throws MalformedException;

    /** The same for the second group. */
    Point decodeG2(byte[] encoded) throws MalformedException;

    /** The same for the target group; its length was checked. */
    Element decodeGt(byte[] encoded) throws MalformedException;

    Powers powersOf(Element gt);

    Product product();

    private static Engine named(String name) {
        return switch (name) {
            case "blst" -> new BlstEngine();
            case "bouncycastle" -> new BouncyCastleEngine();
            default -> throw new IllegalArgumentException("sosia.crypto.engine is blst or bouncycastle");
        };
    }
}
