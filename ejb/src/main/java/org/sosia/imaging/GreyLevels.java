package org.sosia.imaging;

/** The grey levels themselves, of the image stretched to a square. */
record GreyLevels(String name, int side, int segments) implements Extractor {

    @Override
    public int version() {
        return 1;
    }

    @Override
    public int columns() {
        return side;
    }

    @Override
    public int rows() {
        return side;
    }

    @Override
    public byte[] vector(GreyImage image) {
        return image.scaled(side, side);
    }
}
