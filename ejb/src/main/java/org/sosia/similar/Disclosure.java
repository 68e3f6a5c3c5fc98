package org.sosia.similar;

/** What a search tells both clouds beyond who searches, when and among which rows: the words of the audit log. */
final class Disclosure {

    private Disclosure() {}

    static String of(boolean pruned) {
        return pruned ? "rows near the query" : "nothing";
    }
}
