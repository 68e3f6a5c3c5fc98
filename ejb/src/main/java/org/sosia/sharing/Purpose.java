package org.sosia.sharing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a record is asked for: the general purposes of use of HL7 version 3 (value set GeneralPurposeOfUse), by their codes. */
public enum Purpose {
    /** Treatment. */
    TREAT,
    /** Treatment that cannot wait. */
    ETREAT,
    /** Payment for care. */
    HPAYMT,
    /** Running the hospital: administration and contracts. */
    HOPERAT,
    /** Research. */
    HRESCH,
    /** The patient asked for it. */
    PATRQT,
    /** Public health, such as the reporting of notifiable conditions. */
    PUBHLTH,
    /** Cover under a policy or programme. */
    COVERAGE,
    /** Marketing of services. */
    HMARKT;

    /** The purpose of that code, in whichever case it is written; empty if there is none. */
    public static Optional<Purpose> ofCode(String code) {
        String upper = code.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(purpose -> purpose.name().equals(upper))
                .findFirst();
    }
}
