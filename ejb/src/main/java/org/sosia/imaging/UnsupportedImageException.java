package org.sosia.imaging;

import jakarta.ejb.ApplicationException;

/** A file is no image that can be read here; the reason names what is missing. The record it belongs to is stored all the same. */
@ApplicationException
public final class UnsupportedImageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * Made where the file is read.
     *
     * @param reason fixed text of this system with names of formats and numbers in it, never content
     */
    public UnsupportedImageException(String reason) {
        super("the image is not supported");
        this.reason = reason;
    }

    /** What is missing, in English, as the end of a sentence. */
    public String reason() {
        return reason;
    }
}
