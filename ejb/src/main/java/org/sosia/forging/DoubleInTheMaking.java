package org.sosia.forging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.sosia.decoy.Decoy;
import org.sosia.decoy.DecoySpec;
import org.sosia.decoy.Forge;
import org.sosia.lane.Hospital;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.Task;
import org.sosia.records.RecordFacts;
import org.sosia.records.RecordSealer;
import org.sosia.words.Gathering;
import org.sosia.words.Words;

/**
 * A double on its way into the twin hospital's store, where it is a {@code RECEIVING} row that nobody sees. {@link #finish} shows it;
 * closed before that, it is taken back. For one thread.
 */
final class DoubleInTheMaking implements AutoCloseable {

    private static final int STEP_BYTES = 1 << 16;

    private final DoubleOrder order;
    private final Decoy decoy;
    private final InputStream bytes;
    private final RecordSealer sealer;
    private final Gathering beginning = new Gathering();
    private final OutputStream content;
    private final byte[] step = new byte[STEP_BYTES];

    private DoubleInTheMaking(DoubleOrder order, Decoy decoy, RecordSealer sealer) {
        this.order = order;
        this.decoy = decoy;
        this.bytes = decoy.open();
        this.sealer = sealer;
        this.content = beginning.beside(sealer.content());
    }

    static DoubleInTheMaking begin(DoubleOrder order, Forge forge, Hospital twin)
            throws GeneralSecurityException, IOException {
        DecoySpec spec = order.spec();
        Decoy decoy = forge.forge(spec);
        RecordSealer sealer = RecordSealer.begin(
                twin.shelves(),
                spec.record(),
                spec.patient(),
                order.owner(),
                order.sensitivity(),
                order.policy(),
                order.createdAt());
        return new DoubleInTheMaking(order, decoy, sealer);
    }

    DoubleOrder order() {
        return order;
    }

    /** Goes on until so many bytes are made, or all are, or the store would have to be waited for. */
    void goOn(long upTo) throws IOException {
        boolean more = true;
        while (more && sealer.size() < upTo && sealer.hasRoomFor(STEP_BYTES)) {
            more = step();
        }
    }

    private boolean step() throws IOException {
        int n = bytes.read(step);
        if (n > 0) {
            content.write(step, 0, n);
        }
        return n >= 0;
    }

    /**
     * Ends it.
     *
     * @param orders to be committed with it
     * @return the order, committed with it, to find it by words of its own
     */
    Task finish(Hospital twin, Words words, List<Task> orders, AuditEvent audit)
            throws GeneralSecurityException, IOException {
        while (step()) {
            // to its last byte
        }
        Task found = words.toIndex(twin, order.spec().record(), order.owner(), decoy.mediaType(), List.of(), beginning);
        List<Task> all = new ArrayList<>(orders);
        all.add(found);
        sealer.finish(facts(), RecordState.READY, audit, all);
        return found;
    }

    private RecordFacts facts() {
        DecoySpec spec = order.spec();
        return new RecordFacts(
                spec.patient(),
                spec.kind(),
                order.sensitivity(),
                decoy.mediaType(),
                spec.variant(),
                decoy.fileName(),
                decoy.fileName(),
                spec.day(),
                List.of(),
                true);
    }

    @Override
    public void close() {
        sealer.close();
    }
}
