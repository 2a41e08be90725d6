-- Entries of the record that went to an archive: all up to a number, the latest seal counts.

CREATE TABLE audit_seal (
  number BIGINT NOT NULL PRIMARY KEY,
  hash VARCHAR(64) NOT NULL,
  first_number BIGINT NOT NULL,
  first_previous VARCHAR(64) NOT NULL,
  file VARCHAR(100) NOT NULL,
  digest VARCHAR(64) NOT NULL,
  entry BIGINT NOT NULL
);
