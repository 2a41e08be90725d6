-- Whom a provider of single sign-on vouches for: its own, unchanging name for them, and who that is here.

CREATE TABLE sign_on (
  issuer VARCHAR(300) NOT NULL,
  subject VARCHAR(255) NOT NULL,
  person VARCHAR(64) NOT NULL REFERENCES person (id),
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);

CREATE UNIQUE INDEX sign_on_person ON sign_on (person, issuer);

-- 1: no password was entered at this seat.
ALTER TABLE seat ADD COLUMN signed_on INTEGER NOT NULL DEFAULT 0;
