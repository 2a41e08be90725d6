package io.shouwang.console;

/** What an operator may do, within an area. Each role stands alone; none includes another. */
public enum OperatorRole {
  /** Sees, answers, raises and closes alerts. */
  DISPATCHER,
  /** Sees alerts. */
  SUPERVISOR,
  /** Runs the gateway: its figures, no alerts. */
  ADMINISTRATOR,
  /** Checks what was done: figures, no alerts. */
  AUDITOR
}
