package org.sosia.launcher;

/** Hears of each step of long work. */
@FunctionalInterface
public interface Progress {

    /** Says nothing. */
    Progress SILENT = line -> {};

    /** One step, in words for a person. */
    void step(String line);
}
