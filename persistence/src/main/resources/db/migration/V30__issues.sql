-- Attributes are issued anew when somebody loses one. Records name issues from the oldest to the newest; the next is being prepared.
CREATE TABLE issue (
    name   text    NOT NULL,
    oldest integer NOT NULL,
    newest integer NOT NULL,
    next   integer NOT NULL,
    CONSTRAINT issue_key PRIMARY KEY (name),
    CONSTRAINT issue_order CHECK (1 <= oldest AND oldest <= newest AND newest <= next)
);

-- Which issues the policy of an item names. Filled with the header; for older items in the background, then they are listed.
CREATE TABLE term (
    item_id uuid    NOT NULL,
    name    text    NOT NULL,
    epoch   integer NOT NULL,
    CONSTRAINT term_key PRIMARY KEY (item_id, name, epoch)
);
CREATE INDEX term_by_name ON term (name, item_id, epoch);
ALTER TABLE item ADD COLUMN listed boolean NOT NULL DEFAULT false;
CREATE INDEX item_unlisted ON item (id) WHERE NOT listed AND state IN ('SEALED', 'READY');

-- What a lever may no longer hold, whoever hands in a new one.
CREATE TABLE loss (
    realm   text NOT NULL,
    subject text NOT NULL,
    name    text NOT NULL,
    CONSTRAINT loss_key PRIMARY KEY (realm, subject, name)
);

-- Long work, done in pieces: whoever has the lease does the next piece.
CREATE TABLE job (
    id          uuid        NOT NULL,
    kind        text        NOT NULL,
    name        text        NOT NULL,
    epoch       integer     NOT NULL,
    state       text        NOT NULL,
    phase       integer     NOT NULL,
    reached     text        NOT NULL,
    total       bigint      NOT NULL,
    done        bigint      NOT NULL,
    busy_millis bigint      NOT NULL,
    error       text,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    lease       timestamptz,
    turn        integer     NOT NULL,
    CONSTRAINT job_key PRIMARY KEY (id),
    CONSTRAINT job_state CHECK (state IN ('RUNNING', 'STOPPED', 'DONE'))
);
CREATE INDEX job_by_age ON job (kind, created_at, id);
CREATE INDEX job_running ON job (kind, created_at) WHERE state = 'RUNNING';
