-- What dispatchers write about an alert, apart from the journal so that it can be erased with the elder it is about.

CREATE TABLE alert_note (
  alert VARCHAR(64) NOT NULL,
  id VARCHAR(64) NOT NULL,
  home VARCHAR(64) NOT NULL,
  author VARCHAR(64) NOT NULL,
  author_name VARCHAR(200) NOT NULL,
  at_ms BIGINT NOT NULL,
  taken_back_ms BIGINT,
  text VARCHAR(2000) NOT NULL,
  PRIMARY KEY (alert, id)
);

CREATE TABLE alert_note_elder (
  alert VARCHAR(64) NOT NULL,
  note VARCHAR(64) NOT NULL,
  elder VARCHAR(64) NOT NULL,
  PRIMARY KEY (alert, note, elder),
  FOREIGN KEY (alert, note) REFERENCES alert_note (alert, id)
);

CREATE INDEX alert_note_elder_elder ON alert_note_elder (elder);
