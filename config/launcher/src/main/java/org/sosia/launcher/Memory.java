package org.sosia.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine's memory, as far as it tells. */
final class Memory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private Memory() {}

    /** Refuses to start what would only be killed half-way. */
    static void require(int megabytes) throws LaunchException {
        long available = availableMegabytes();
        if (available < megabytes) {
            throw new LaunchException("too little memory: " + available + " MB are available, the start needs about "
                    + megabytes + " MB. Close other programs, or give the application less with --heap.");
        }
    }

    /** What can be had without swapping; unlimited where the system does not say. */
    private static long availableMegabytes() {
        try {
            if (Files.isReadable(MEMINFO)) {
                for (String line : Files.readAllLines(MEMINFO)) {
                    if (line.startsWith("MemAvailable:")) {
                        return Math.min(Long.parseLong(line.replaceAll("\\D", "")) / 1024, containerMegabytes());
                    }
                }
            }
        } catch (IOException | NumberFormatException unknown) {
            return Long.MAX_VALUE;
        }
        return Long.MAX_VALUE;
    }

    private static long containerMegabytes() throws IOException {
        Path limit = Path.of("/sys/fs/cgroup/memory.max");
        Path used = Path.of("/sys/fs/cgroup/memory.current");
        if (!Files.isReadable(limit) || !Files.isReadable(used)) {
            return Long.MAX_VALUE;
        }
        String max = Files.readString(limit).strip();
        if (max.equals("max")) {
            return Long.MAX_VALUE;
        }
        long free = Long.parseLong(max) - Long.parseLong(Files.readString(used).strip());
        // Files in the page cache count as used but give way.
        for (String line : Files.readAllLines(Path.of("/sys/fs/cgroup/memory.stat"))) {
            if (line.startsWith("inactive_file ")) {
                free += Long.parseLong(line.substring("inactive_file ".length()).strip());
            }
        }
        return free >> 20;
    }
}
