package org.sosia.words;

import java.util.List;
import org.sosia.lane.Hospital;
import org.sosia.lane.TestHospital;

/** What the timer does, when a test says so. */
public final class LaterWords {

    private LaterWords() {}

    /** Works off what is due, in both hospitals. */
    public static void workOff(TestHospital hospital) {
        for (Hospital each : List.of(hospital.real(), hospital.twin())) {
            hospital.bean(Words.class).workOff(each, () -> true);
        }
    }
}
