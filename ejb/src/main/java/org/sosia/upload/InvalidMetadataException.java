package org.sosia.upload;

import jakarta.ejb.ApplicationException;

/** A field of a record's metadata cannot be taken as it is. Nothing was stored. */
@ApplicationException
public class InvalidMetadataException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    public InvalidMetadataException(String field, String rule) {
        super("a field of the metadata is not valid");
        this.field = field;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    /** What the field has to be, as fixed text. */
    public String rule() {
        return rule;
    }
}
