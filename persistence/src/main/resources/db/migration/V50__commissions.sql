-- What several have to agree to make for somebody, and the parts of it that they gave. A part counts once, for whatever it was given.
CREATE TABLE commission (
    id         uuid        NOT NULL,
    subject    text        NOT NULL,
    kind       text        NOT NULL,
    state      text        NOT NULL,
    created_at timestamptz NOT NULL,
    decided_at timestamptz,
    sealed     bytea       NOT NULL,
    CONSTRAINT commission_key PRIMARY KEY (id),
    CONSTRAINT commission_state CHECK (state IN ('WAITING', 'ISSUED', 'REFUSED', 'REPLACED'))
);
CREATE UNIQUE INDEX commission_waiting ON commission (subject) WHERE state = 'WAITING';
CREATE INDEX commission_by_age ON commission (created_at, id);
CREATE INDEX commission_by_subject ON commission (subject, created_at);

CREATE TABLE commission_part (
    commission_id uuid        NOT NULL,
    giver         text        NOT NULL,
    at            timestamptz NOT NULL,
    sealed        bytea       NOT NULL,
    CONSTRAINT commission_part_key PRIMARY KEY (commission_id, giver)
);

CREATE TABLE commission_spent (
    digest bytea NOT NULL,
    CONSTRAINT commission_spent_key PRIMARY KEY (digest)
);
