package io.shouwang.intake;

/** The two ways in. What is in {@link #ALARM} is decided first, however much telemetry waits. */
public enum Lane {
  ALARM,
  TELEMETRY
}
