-- Sealed lines, each found by a name that only who wrote it can make, and sealed counts of them.
CREATE TABLE line (
    label uuid  NOT NULL,
    owner uuid  NOT NULL,
    value bytea NOT NULL,
    CONSTRAINT line_key PRIMARY KEY (label)
);

CREATE TABLE tally (
    owner    uuid   NOT NULL,
    slot     uuid   NOT NULL,
    revision bigint NOT NULL,
    sealed   bytea  NOT NULL,
    CONSTRAINT tally_key PRIMARY KEY (owner, slot)
);

-- What was noted of an item, so that it can be taken back.
CREATE TABLE gist (
    item_id uuid  NOT NULL,
    sealed  bytea NOT NULL,
    CONSTRAINT gist_key PRIMARY KEY (item_id)
);

-- What a person keeps for later.
CREATE TABLE desk (
    subject  text   NOT NULL,
    revision bigint NOT NULL,
    sealed   bytea  NOT NULL,
    CONSTRAINT desk_key PRIMARY KEY (subject)
);
