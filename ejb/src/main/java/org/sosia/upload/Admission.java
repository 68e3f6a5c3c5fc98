package org.sosia.upload;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets in only so many uploads at a time. Each holds up to two commit groups for either store, 17 MB in all: what is let in has to
 * fit into the memory, and who is not let in is told at once.
 */
@ApplicationScoped
class Admission {

    @Inject
    @ConfigProperty(name = "sosia.upload.at-once", defaultValue = "12")
    int atOnce;

    private final AtomicInteger underWay = new AtomicInteger();

    /** Takes a place, to be given back by {@link #leave}. */
    void enter() throws TooManyUploadsException {
        if (underWay.incrementAndGet() > atOnce) {
            underWay.decrementAndGet();
            throw new TooManyUploadsException();
        }
    }

    void leave() {
        underWay.decrementAndGet();
    }
}
