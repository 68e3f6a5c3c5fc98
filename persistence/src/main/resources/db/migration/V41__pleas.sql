-- Keys that turn owners' locks for a circle of people.
CREATE TABLE turn (
    id   uuid  NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT turn_key PRIMARY KEY (id)
);

-- What somebody asked that circle, and what was answered.
CREATE TABLE plea (
    id         uuid        NOT NULL,
    subject_id uuid        NOT NULL,
    requester  text        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended      boolean     NOT NULL,
    sealed     bytea       NOT NULL,
    CONSTRAINT plea_key PRIMARY KEY (id)
);
CREATE INDEX plea_by_age ON plea (created_at, id);

CREATE TABLE plea_part (
    plea_id uuid        NOT NULL,
    giver   text        NOT NULL,
    at      timestamptz NOT NULL,
    sealed  bytea       NOT NULL,
    CONSTRAINT plea_part_key PRIMARY KEY (plea_id, giver)
);
