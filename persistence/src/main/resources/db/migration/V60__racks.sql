-- Rows of numbers, each of which says nothing without what another store has. A rack is a series of changes; a side is one of its two halves.
CREATE TABLE rack (
    name  text     NOT NULL,
    side  smallint NOT NULL,
    epoch bigint   NOT NULL,
    last  integer  NOT NULL,
    turn  integer  NOT NULL,
    body  bytea    NOT NULL,
    CONSTRAINT rack_key PRIMARY KEY (name, side)
);

-- Born and gone are the changes in which a place appears and disappears; one that is not born waits for its change.
CREATE TABLE place (
    rack    text     NOT NULL,
    side    smallint NOT NULL,
    number  integer  NOT NULL,
    version bigint   NOT NULL,
    item_id uuid     NOT NULL,
    owner   text     NOT NULL,
    born    bigint,
    gone    bigint,
    note    bytea    NOT NULL,
    body    bytea,
    CONSTRAINT place_key PRIMARY KEY (rack, side, number, version)
);
ALTER TABLE place ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX place_by_item ON place (rack, side, item_id) WHERE born IS NOT NULL AND gone IS NULL;
CREATE INDEX place_by_owner ON place (rack, side, owner) WHERE born IS NOT NULL AND gone IS NULL;
CREATE INDEX place_by_birth ON place (rack, side, born) WHERE born IS NOT NULL;
CREATE INDEX place_by_end ON place (rack, side, gone) WHERE gone IS NOT NULL;

-- Good for one use each. Those that were used stay, without what they were made of.
CREATE TABLE slip (
    id       uuid        NOT NULL,
    side     smallint    NOT NULL,
    rack     text        NOT NULL,
    dealt_at timestamptz NOT NULL,
    taken_at timestamptz,
    taker    text,
    CONSTRAINT slip_key PRIMARY KEY (id, side)
);
CREATE INDEX slip_by_taker ON slip (taker, side, taken_at) WHERE taker IS NOT NULL;
CREATE INDEX slip_unused ON slip (dealt_at) WHERE taken_at IS NULL;

CREATE TABLE slip_part (
    id   uuid     NOT NULL,
    side smallint NOT NULL,
    seq  bigint   GENERATED ALWAYS AS IDENTITY,
    body bytea    NOT NULL,
    CONSTRAINT slip_part_key PRIMARY KEY (id, side, seq)
);
ALTER TABLE slip_part ALTER COLUMN body SET STORAGE EXTERNAL;

-- Who may look for what: one item, or all of an owner's.
CREATE TABLE leave (
    realm      text        NOT NULL,
    side       smallint    NOT NULL,
    id         uuid        NOT NULL,
    grantee    text        NOT NULL,
    item_id    uuid,
    owner      text,
    distances  boolean     NOT NULL,
    pruned     boolean     NOT NULL,
    expires_at timestamptz NOT NULL,
    copied     boolean     NOT NULL,
    CONSTRAINT leave_key PRIMARY KEY (realm, side, id),
    CONSTRAINT leave_about CHECK ((item_id IS NULL) <> (owner IS NULL))
);
CREATE INDEX leave_by_grantee ON leave (realm, side, grantee, expires_at);
CREATE INDEX leave_by_owner ON leave (realm, side, owner) WHERE owner IS NOT NULL;
CREATE INDEX half_by_grantee ON half (grantee, expires_at) WHERE NOT revoked;

-- What became of an item when it was looked at; sealed.
CREATE TABLE sight (
    item_id uuid  NOT NULL,
    sealed  bytea NOT NULL,
    CONSTRAINT sight_key PRIMARY KEY (item_id)
);
