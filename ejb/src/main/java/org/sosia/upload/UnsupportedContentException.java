package org.sosia.upload;

import jakarta.ejb.ApplicationException;

/**
 * The file is not what it says, is damaged, or is of a kind that is not taken in. Nothing was stored. The reason is
 * fixed text of this system with media types in it, never content.
 */
@ApplicationException
public class UnsupportedContentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ContentFault fault;
    private final String reason;

    public UnsupportedContentException(ContentFault fault, String reason) {
        super("the content is not accepted");
        this.fault = fault;
        this.reason = reason;
    }

    public ContentFault fault() {
        return fault;
    }

    /** The same in English, for a program's author. */
    public String reason() {
        return reason;
    }
}
