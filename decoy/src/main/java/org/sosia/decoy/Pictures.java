package org.sosia.decoy;

import java.io.ByteArrayInputStream;
import java.util.stream.LongStream;

/** Picture files. */
final class Pictures {

    private static final int PART = 8 << 20;

    private Pictures() {}

    static Phantom.Kind subject(Job job) {
        return job.record().stream("subject")
                .pick(java.util.List.of(Phantom.Kind.CHEST, Phantom.Kind.TORSO, Phantom.Kind.HEAD));
    }

    static Plan png(Job job) {
        return Png.plan(
                job.target(),
                subject(job),
                job.record().derive("picture"),
                job.spec().day());
    }

    /** One picture; or, beyond what one holds, several behind each other as in multi-picture files (CIPA DC-007). */
    static Plan jpeg(Job job) {
        long size = Math.max(job.target(), Jpeg.MINIMUM);
        Phantom.Kind kind = subject(job);
        var key = job.record().derive("picture");
        if (size <= Jpeg.LARGEST) {
            return new Plan(
                    size,
                    () -> new ByteArrayInputStream(
                            Jpeg.exactly((int) size, kind, key, job.spec().day())
                                    .bytes()));
        }
        long parts = (size + PART - 1) / PART;
        return new Plan(
                size,
                () -> new PieceStream(LongStream.range(0, parts)
                        .mapToObj(i -> Jpeg.exactly(
                                        (int) (size * (i + 1) / parts - size * i / parts),
                                        kind,
                                        key.derive("part", i),
                                        job.spec().day())
                                .bytes())
                        .iterator()));
    }
}
