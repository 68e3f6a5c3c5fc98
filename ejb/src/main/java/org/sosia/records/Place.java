package org.sosia.records;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import org.sosia.crypto.content.SealedSource;

/** One of the places where shares of recovery copies lie, each with a label. What a place gives back is believed only when it was checked. */
interface Place {

    /** Begins to keep a share. */
    Arriving begin(UUID share) throws IOException;

    /** A share as it lies; empty if there is none. */
    SealedSource share(UUID share) throws IOException;

    /** The label of a share, if there is one. */
    Optional<byte[]> label(UUID share) throws IOException;

    /** Puts another label on a share of so many bytes that is there. */
    void relabel(UUID share, long bytes, byte[] label) throws IOException;

    /** Writes a share again that was lost or altered. It is labelled afterwards. */
    void mend(UUID share, Content content) throws IOException;

    /** Forgets a share and its label. */
    void drop(UUID share) throws IOException;

    /** What is written. */
    interface Content {
        void writeTo(OutputStream sink) throws IOException;
    }

    /** A share on its way. */
    interface Arriving {

        /** Where it is written. */
        OutputStream sink();

        /** All of it was written: keeps it, with its label. */
        void arrived(long bytes, byte[] label) throws IOException;

        /** The copies are complete: it stays. */
        void bind() throws IOException;

        /** Takes it back as far as it arrived. */
        void takeBack();
    }
}
