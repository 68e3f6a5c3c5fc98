-- Every store of the system has these tables, and nothing in them tells one store from another.

CREATE TABLE subject (
    id         uuid        NOT NULL,
    owner      text        NOT NULL,
    state      text        NOT NULL,
    version    integer     NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    sealed     bytea       NOT NULL,
    signature  bytea       NOT NULL,
    CONSTRAINT subject_key PRIMARY KEY (id),
    CONSTRAINT subject_state CHECK (state IN ('PENDING', 'READY', 'DELETED'))
);
CREATE INDEX subject_by_age ON subject (state, created_at, id);
CREATE INDEX subject_by_owner ON subject (owner, state, created_at, id);

CREATE TABLE item (
    id           uuid        NOT NULL,
    subject_id   uuid        NOT NULL,
    owner        text        NOT NULL,
    version      integer     NOT NULL,
    state        text        NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    sealed_bytes bigint      NOT NULL,
    metadata     bytea       NOT NULL,
    header       bytea       NOT NULL,
    attempt      uuid        NOT NULL,
    CONSTRAINT item_key PRIMARY KEY (id),
    CONSTRAINT item_state CHECK (state IN ('RECEIVING', 'SEALED', 'READY', 'DELETED'))
);
CREATE INDEX item_by_age ON item (state, created_at, id);
CREATE INDEX item_by_subject ON item (subject_id, state, created_at, id);
CREATE INDEX item_by_owner ON item (owner, state, created_at, id);
CREATE INDEX item_unfinished ON item (updated_at) WHERE state = 'RECEIVING';

-- Ciphertext does not compress: EXTERNAL keeps the server from trying.
-- No foreign key to item: the parts may move to another kind of store.
CREATE TABLE part (
    item_id uuid    NOT NULL,
    seq     integer NOT NULL,
    body    bytea   NOT NULL,
    CONSTRAINT part_key PRIMARY KEY (item_id, seq)
) PARTITION BY HASH (item_id);
ALTER TABLE part ALTER COLUMN body SET STORAGE EXTERNAL;
DO $$
BEGIN
    FOR remainder IN 0..7 LOOP
        EXECUTE format('CREATE TABLE part_%s PARTITION OF part FOR VALUES WITH (MODULUS 8, REMAINDER %s)', remainder, remainder);
        EXECUTE format('ALTER TABLE part_%s ALTER COLUMN body SET STORAGE EXTERNAL', remainder);
    END LOOP;
END $$;

CREATE TABLE ask (
    id         uuid        NOT NULL,
    item_id    uuid        NOT NULL,
    subject_id uuid        NOT NULL,
    requester  text        NOT NULL,
    owner      text        NOT NULL,
    state      text        NOT NULL,
    created_at timestamptz NOT NULL,
    decided_at timestamptz,
    expires_at timestamptz,
    half_id    uuid,
    sealed     bytea       NOT NULL,
    CONSTRAINT ask_key PRIMARY KEY (id),
    CONSTRAINT ask_state CHECK (state IN ('PENDING', 'APPROVED', 'DENIED', 'REVOKED'))
);
CREATE INDEX ask_by_age ON ask (created_at, id);
CREATE INDEX ask_by_owner ON ask (owner, created_at, id);
CREATE INDEX ask_by_requester ON ask (requester, created_at, id);
CREATE INDEX ask_by_item ON ask (item_id, created_at, id);
CREATE INDEX ask_by_half ON ask (half_id);

CREATE TABLE half (
    id         uuid        NOT NULL,
    item_id    uuid        NOT NULL,
    grantee    text        NOT NULL,
    half       bytea       NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked    boolean     NOT NULL,
    delivery   bytea,
    CONSTRAINT half_key PRIMARY KEY (id)
);
CREATE INDEX half_by_item ON half (item_id, grantee, expires_at);

CREATE TABLE lever (
    realm   text    NOT NULL,
    subject text    NOT NULL,
    encoded bytea   NOT NULL,
    revoked boolean NOT NULL,
    CONSTRAINT lever_key PRIMARY KEY (realm, subject)
);

CREATE TABLE member (
    subject text        NOT NULL,
    state   text        NOT NULL,
    since   timestamptz NOT NULL,
    sealed  bytea       NOT NULL,
    CONSTRAINT member_key PRIMARY KEY (subject),
    CONSTRAINT member_state CHECK (state IN ('PENDING', 'APPROVED', 'DISABLED'))
);

CREATE TABLE box (
    name   text    NOT NULL,
    epoch  integer NOT NULL,
    sealed bytea   NOT NULL,
    CONSTRAINT box_key PRIMARY KEY (name)
);

CREATE TABLE stamp (
    name text  NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT stamp_key PRIMARY KEY (name)
);

CREATE TABLE entry (
    seq      bigint      NOT NULL,
    at       timestamptz NOT NULL,
    actor    text        NOT NULL,
    action   text        NOT NULL,
    object   uuid,
    sealed   bytea       NOT NULL,
    previous bytea       NOT NULL,
    hash     bytea       NOT NULL,
    CONSTRAINT entry_key PRIMARY KEY (seq)
);

-- The last entry's number and hash: whoever appends locks this row, so entries have an order and no gaps.
CREATE TABLE tip (
    id   smallint NOT NULL,
    seq  bigint   NOT NULL,
    hash bytea    NOT NULL,
    CONSTRAINT tip_key PRIMARY KEY (id),
    CONSTRAINT tip_single CHECK (id = 1)
);
INSERT INTO tip (id, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

CREATE TABLE notice (
    id        uuid        NOT NULL,
    dedupe    text,
    technique text        NOT NULL,
    severity  integer     NOT NULL,
    first_at  timestamptz NOT NULL,
    last_at   timestamptz NOT NULL,
    count     integer     NOT NULL,
    state     text        NOT NULL,
    sealed    bytea       NOT NULL,
    CONSTRAINT notice_key PRIMARY KEY (id),
    CONSTRAINT notice_dedupe UNIQUE (dedupe)
);
CREATE INDEX notice_by_age ON notice (first_at, id);
CREATE INDEX notice_by_state ON notice (state, first_at, id);

CREATE TABLE task (
    id         uuid        NOT NULL,
    kind       text        NOT NULL,
    created_at timestamptz NOT NULL,
    due_at     timestamptz NOT NULL,
    attempts   integer     NOT NULL,
    lease      timestamptz,
    sealed     bytea       NOT NULL,
    CONSTRAINT task_key PRIMARY KEY (id)
);
CREATE INDEX task_by_kind ON task (kind, due_at);

CREATE TABLE mark (
    session    text        NOT NULL,
    tries      integer     NOT NULL,
    flag       boolean     NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT mark_key PRIMARY KEY (session)
);
