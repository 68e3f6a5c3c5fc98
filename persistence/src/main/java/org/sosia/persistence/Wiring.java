package org.sosia.persistence;

import jakarta.enterprise.context.ApplicationScoped;

/** The connections between two clouds that run in one process. */
@ApplicationScoped
class Wiring {

    private final Wires wires = new Wires();

    Wires wires() {
        return wires;
    }
}
