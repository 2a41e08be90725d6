-- What SQLite and PostgreSQL both understand, and no more. Times are epoch milliseconds, hashes hex, truths 0 or 1.

CREATE TABLE person (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  password VARCHAR(300) NOT NULL,
  must_change INTEGER NOT NULL,
  area VARCHAR(64) NOT NULL,
  language VARCHAR(8) NOT NULL,
  disabled INTEGER NOT NULL,
  totp VARCHAR(64),
  totp_pending VARCHAR(64),
  totp_step BIGINT NOT NULL,
  made_ms BIGINT NOT NULL,
  changed_ms BIGINT NOT NULL
);

CREATE TABLE person_role (
  person VARCHAR(64) NOT NULL REFERENCES person (id),
  role VARCHAR(32) NOT NULL,
  PRIMARY KEY (person, role)
);

CREATE TABLE recovery_code (
  person VARCHAR(64) NOT NULL REFERENCES person (id),
  hash VARCHAR(64) NOT NULL,
  PRIMARY KEY (person, hash)
);

CREATE TABLE seat (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  person VARCHAR(64) NOT NULL REFERENCES person (id),
  made_ms BIGINT NOT NULL,
  proved_ms BIGINT NOT NULL,
  seen_ms BIGINT NOT NULL,
  address VARCHAR(64) NOT NULL
);

CREATE INDEX seat_person ON seat (person);

CREATE TABLE broken_glass (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  person VARCHAR(64) NOT NULL REFERENCES person (id),
  alert VARCHAR(64),
  home VARCHAR(64),
  reason VARCHAR(500) NOT NULL,
  at_ms BIGINT NOT NULL,
  until_ms BIGINT NOT NULL
);

CREATE TABLE audit_entry (
  number BIGINT NOT NULL PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  who VARCHAR(100) NOT NULL,
  area VARCHAR(64) NOT NULL,
  what VARCHAR(200) NOT NULL,
  whose VARCHAR(4000) NOT NULL,
  address VARCHAR(64) NOT NULL,
  result VARCHAR(64) NOT NULL,
  note VARCHAR(1000) NOT NULL,
  hash VARCHAR(64) NOT NULL
);

CREATE INDEX audit_entry_at ON audit_entry (at_ms);

CREATE INDEX audit_entry_who ON audit_entry (who, number);

CREATE TABLE audit_head (
  id INTEGER NOT NULL PRIMARY KEY,
  number BIGINT NOT NULL,
  hash VARCHAR(64) NOT NULL
);

INSERT INTO audit_head (id, number, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
