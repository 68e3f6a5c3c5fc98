-- An item may be there in two pieces: the first in its place, the second a row of its own, which does not say what it belongs to.
ALTER TABLE item ADD COLUMN split bytea;
ALTER TABLE item DROP CONSTRAINT item_state;
ALTER TABLE item ADD CONSTRAINT item_state CHECK (state IN ('RECEIVING', 'SEALED', 'READY', 'DELETED', 'PIECE', 'BOUND'));
CREATE INDEX item_loose ON item (updated_at) WHERE state = 'PIECE';
