package org.sosia.indexing;

import org.sosia.lane.TestHospital;

/** What the timer does when time has passed. */
public final class Later {

    private Later() {}

    /** Carries out what waits. */
    public static void workOff(TestHospital hospital) {
        hospital.bean(IndexingTimer.class).tick();
    }
}
