package org.sosia.rotation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The keys that can be rotated, as people name them. */
enum KeyName {
    /** What opens the owner slot and issues grants, for each owner. */
    COLLECTIONS,
    /** What owners sign with. */
    SIGNING_KEYS,
    /** What certifies what owners sign with. */
    CERTIFICATE_AUTHORITY,
    /** What finishes the mediating cloud's transformation, for each person whose key the hospital keeps. */
    RETRIEVAL_KEYS,
    /** What partial keys are sealed to, for each person. */
    PERSON_KEYS,
    /** What makes persons' transform keys, and under which records are sealed: of a hospital that makes keys by itself. */
    MASTER_KEY,
    /** What the two clouds sign their shares in openings with. */
    CLOUD_KEYS,
    /** What seals all other keys in the store. */
    ROOT;

    /** Lower case, words joined by hyphens. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<KeyName> of(String text) {
        return Arrays.stream(values()).filter(name -> name.text().equals(text)).findFirst();
    }
}
