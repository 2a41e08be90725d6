-- Whom of the registry an account speaks for: a grid worker, an organization's worker. At most one account for each.

ALTER TABLE person ADD COLUMN responder VARCHAR(64);

CREATE UNIQUE INDEX person_responder ON person (responder);
