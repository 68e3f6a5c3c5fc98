-- Of some items there are spares: shares in other places. The links lead to them, for whoever checks; a store that must not know has none.
-- No foreign key to item: a spare is there for an item that was lost.
CREATE TABLE spare (
    item_id uuid    NOT NULL,
    attempt uuid    NOT NULL,
    receipt bytea   NOT NULL,
    links   bytea   NOT NULL,
    stale   boolean NOT NULL,
    CONSTRAINT spare_key PRIMARY KEY (item_id)
);
CREATE INDEX spare_stale ON spare (item_id) WHERE stale;
