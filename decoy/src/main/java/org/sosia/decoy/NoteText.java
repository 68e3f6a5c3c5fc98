package org.sosia.decoy;

import java.nio.charset.StandardCharsets;

/** Notes in plain text. */
final class NoteText {

    private NoteText() {}

    static Plan plan(Job job) {
        return Growth.plan(
                job.target(),
                new byte[0],
                () -> Paragraphs.of(job).map(NoteText::bytes).iterator(),
                Filler.between("", "", job.edition(), job.language()));
    }

    private static byte[] bytes(Paragraphs.Paragraph p) {
        String whole = p.title().isEmpty() ? p.text() + "\n" : "\n" + p.title() + "\n" + p.text() + "\n";
        return whole.getBytes(StandardCharsets.UTF_8);
    }
}
