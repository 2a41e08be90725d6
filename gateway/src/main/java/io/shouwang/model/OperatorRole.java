package io.shouwang.model;

/** What an operator may do. */
public enum OperatorRole {
  /** Sees and answers the alerts of the area. */
  DISPATCHER,
  /** Sees how the area is doing: reports, and what dispatchers did. */
  SUPERVISOR,
  /** Edits registry and configuration, without a look at people's alerts. */
  ADMINISTRATOR,
  /** Reads the record of who looked at what. */
  AUDITOR
}
