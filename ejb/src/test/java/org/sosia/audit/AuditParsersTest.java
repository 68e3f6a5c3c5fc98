package org.sosia.audit;

import java.util.List;
import java.util.Map;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** Where a page of the audit log starts, as it comes back in an address. */
class AuditParsersTest extends FuzzedParsers {

    @Override
    public List<Parser> parsers() {
        return List.of(Parser.ofText(
                "place in the audit log",
                text -> ChainReaders.from(text, Map.of()),
                "oldest_a12b7",
                "a999b1",
                "oldest"));
    }
}
