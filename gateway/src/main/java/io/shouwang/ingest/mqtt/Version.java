package io.shouwang.ingest.mqtt;

/** The protocol versions spoken here. */
enum Version {
  V3_1_1,
  V5
}
