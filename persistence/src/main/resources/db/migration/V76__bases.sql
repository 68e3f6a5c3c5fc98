-- A lever fits what was made under the same basis only. Those of before this was noted fit the one there was.
ALTER TABLE lever ADD COLUMN basis bytea NOT NULL DEFAULT '';
ALTER TABLE lever DROP CONSTRAINT lever_key;
ALTER TABLE lever ADD CONSTRAINT lever_key PRIMARY KEY (realm, subject, basis);

-- Under which basis an item was made. Noted with what its policy names; so that older ones are noted too, all are looked at again.
CREATE TABLE ground (
    item_id uuid  NOT NULL,
    basis   bytea NOT NULL,
    CONSTRAINT ground_key PRIMARY KEY (item_id)
);
CREATE INDEX ground_by_basis ON ground (basis, item_id);
UPDATE item SET listed = false WHERE listed;

-- What nothing may be made under any more.
CREATE TABLE bygone (
    whose text  NOT NULL,
    basis bytea NOT NULL,
    CONSTRAINT bygone_key PRIMARY KEY (whose, basis)
);
