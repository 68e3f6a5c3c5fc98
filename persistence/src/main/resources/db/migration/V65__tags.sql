-- Sealed tags of what was handed to somebody. A store alone cannot read one, nor tell whether two are alike. A side is one of the two that compare them.
CREATE TABLE tag (
    realm      text        NOT NULL,
    side       smallint    NOT NULL,
    id         uuid        NOT NULL,
    half_id    uuid        NOT NULL,
    subject    text        NOT NULL,
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    body       bytea       NOT NULL,
    CONSTRAINT tag_key PRIMARY KEY (realm, side, id)
);
CREATE INDEX tag_by_subject ON tag (realm, side, subject, made_at, half_id);
CREATE INDEX tag_by_half ON tag (half_id);
CREATE INDEX tag_by_end ON tag (expires_at);
-- No tag is there twice.
CREATE UNIQUE INDEX tag_once ON tag (realm, side, sha256(body));

-- What tags were compared with: each one once.
CREATE TABLE probe (
    realm   text        NOT NULL,
    side    smallint    NOT NULL,
    id      uuid        NOT NULL,
    subject text        NOT NULL,
    made_at timestamptz NOT NULL,
    tests   integer     NOT NULL,
    CONSTRAINT probe_key PRIMARY KEY (realm, side, id)
);
CREATE INDEX probe_by_subject ON probe (realm, side, subject, made_at);
