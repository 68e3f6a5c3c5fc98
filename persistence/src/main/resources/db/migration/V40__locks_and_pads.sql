-- What is kept of a permission: a half to be applied at each opening, or a lock that was turned once.
ALTER TABLE half ADD COLUMN kind text NOT NULL DEFAULT 'HALF';
ALTER TABLE half ADD CONSTRAINT half_kind CHECK (kind IN ('HALF', 'LOCK'));

-- What another store's locks are opened with, together with what nobody keeps.
CREATE TABLE pad (
    realm      text        NOT NULL,
    id         uuid        NOT NULL,
    subject    text        NOT NULL,
    body       bytea       NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT pad_key PRIMARY KEY (realm, id)
);
CREATE INDEX pad_by_end ON pad (expires_at);
