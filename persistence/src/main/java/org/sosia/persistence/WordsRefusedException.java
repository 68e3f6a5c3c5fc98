package org.sosia.persistence;

import jakarta.ejb.ApplicationException;

/** A cloud refuses: by its own rows, this person may not search these words now, or not change them. */
@ApplicationException(rollback = true)
public class WordsRefusedException extends RuntimeException {

    /** One text for every refusal. */
    WordsRefusedException() {
        super("this cloud knows of no grant for these words");
    }
}
