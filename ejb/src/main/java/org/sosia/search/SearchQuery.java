package org.sosia.search;

import java.util.List;
import org.sosia.retrieval.Selection;
import org.sosia.words.Words;

/**
 * What somebody looks for.
 *
 * @param keywords words as they are typed: at most {@value Words#MOST_SOUGHT} of at most {@value Words#LONGEST_SOUGHT} characters; a code can name its system, as in
 *     {@code icd10:J18.9}, {@code loinc:718-7}, {@code snomed:233604007}
 * @param all whether a record must have all of them, or any
 * @param among which records are wanted
 */
public record SearchQuery(List<String> keywords, boolean all, Selection among) {

    public SearchQuery {
        keywords = List.copyOf(keywords);
    }

    /** Words are what patients have. */
    @Override
    public String toString() {
        return "SearchQuery[" + keywords.size() + "]";
    }
}
