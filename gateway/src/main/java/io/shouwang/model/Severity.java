package io.shouwang.model;

/** How bad it is, worst first. */
public enum Severity {
  CRITICAL,
  MAJOR,
  MINOR
}
