package io.shouwang.journal;

/** What a batch may cost when the disk is full. */
public enum Importance {
  /** Holds something that must not be refused while a byte of the reserve is left. */
  ALARM,
  /** May wait for room. */
  TELEMETRY
}
