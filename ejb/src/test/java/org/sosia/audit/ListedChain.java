package org.sosia.audit;

import java.lang.reflect.Proxy;
import java.util.List;
import org.sosia.persistence.AuditEntry;
import org.sosia.persistence.Cloud;

/** A store that has nothing but an audit chain, whatever it looks like. */
record ListedChain(List<AuditEntry> entries) {

    Cloud store() {
        return (Cloud) Proxy.newProxyInstance(
                Cloud.class.getClassLoader(), new Class<?>[] {Cloud.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("auditEntries")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    int from = Math.toIntExact((Long) arguments[0]);
                    int to = Math.min(entries.size(), from + (Integer) arguments[1]);
                    return from >= entries.size() ? List.of() : entries.subList(from, to);
                });
    }
}
