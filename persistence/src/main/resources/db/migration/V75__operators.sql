-- A store signed all its work with one key. Each kind of work has one of its own from now on, and goes on with the one there was.
INSERT INTO stamp (name, body) SELECT 'operator own', body FROM stamp WHERE name = 'operator';
INSERT INTO stamp (name, body)
    SELECT 'operator ' || kept.name, used.body FROM stamp kept, stamp used WHERE kept.name LIKE 'realm %' AND used.name = 'operator';
DELETE FROM stamp WHERE name = 'operator';
