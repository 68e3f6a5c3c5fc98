package org.sosia.forging;

import org.sosia.lane.TestHospital;

/** What the timer does, when a test says so. */
public final class Later {

    private Later() {}

    /** Works off what is due. */
    public static void workOff(TestHospital hospital) {
        hospital.bean(Doubles.class).workOff(100);
    }
}
