package org.sosia.launcher;

import java.io.PrintStream;
import java.time.Duration;

/** What a person sees: answers on standard output, progress on standard error, so that answers can be piped. */
@SuppressForbidden("a command line program talks through its standard streams")
final class Console implements Progress {

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final long begun = System.nanoTime();

    /** An answer. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** A step of long work, with the seconds since the command began. */
    @Override
    public synchronized void step(String line) {
        err.printf(
                "  %5.1f s  %s%n", Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0, line);
        err.flush();
    }

    void complain(String line) {
        err.println("sosia: " + line);
        err.flush();
    }
}
