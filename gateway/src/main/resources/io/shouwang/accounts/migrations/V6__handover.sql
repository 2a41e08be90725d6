-- Sheets that one shift hands to the next: who gave, who took over, and what was remarked. Times are epoch milliseconds.

CREATE TABLE handover (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  area VARCHAR(64) NOT NULL,
  from_ms BIGINT NOT NULL,
  given_ms BIGINT NOT NULL,
  given_by VARCHAR(100) NOT NULL,
  given_name VARCHAR(200) NOT NULL,
  remark VARCHAR(2000) NOT NULL,
  open_alerts INTEGER NOT NULL,
  taken_ms BIGINT,
  taken_by VARCHAR(100),
  taken_name VARCHAR(200)
);

CREATE INDEX handover_area ON handover (area, given_ms);
