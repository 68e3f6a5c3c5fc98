package org.sosia.persistence;

/** The cloud of the real hospital's sealed records: the only thing that the hospital knows of its operator. */
public interface OriginalCloud extends Cloud, GrantKeeper, Pleas, EntryKeeper, TagServer {}
