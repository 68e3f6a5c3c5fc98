package org.sosia.persistence;

/** The cloud of the twin hospital, which also mediates every opening: the only thing known of its operator. */
public interface DuplicateCloud extends Cloud, GrantKeeper, Mediator, Pleas, EntryKeeper, CountKeeper, TagServer {}
