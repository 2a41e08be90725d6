package io.shouwang.sim;

/** How the program ends, for scripts. */
final class ExitCode {
  static final int OK = 0;

  /** A check at the end of a run failed. */
  static final int CHECK_FAILED = 1;

  /** An option or a file is wrong. */
  static final int USAGE = 2;

  /** No acknowledgement: the gateway can't be reached, or didn't answer in time. */
  static final int NO_ANSWER = 3;

  /** The gateway refused the identity, its secret or the topic. */
  static final int REFUSED = 4;

  /** A fault of this program. */
  static final int FAULT = 70;

  /** Shown under every command's help. */
  static final String[] LIST = {
    "0:done",
    "1:a check at the end failed (crowd)",
    "2:an option or a file is wrong",
    "3:no acknowledgement: gateway not reached, or no answer in time",
    "4:refused by the gateway: identity, secret or topic",
    "70:a fault of this program"
  };

  private ExitCode() {}
}
