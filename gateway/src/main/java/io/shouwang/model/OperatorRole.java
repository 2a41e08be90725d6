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
  AUDITOR,
  /** Looks after the homes of a grid: visits, calls, answers. */
  GRID_WORKER,
  /** Carries out a service organization's orders. */
  ORGANIZATION_WORKER
}
