package io.shouwang.notify.cmpp;

/** The commands that we send or understand. */
final class Command {
  static final int ANSWER = 0x8000_0000;
  static final int CONNECT = 0x0000_0001;
  static final int TERMINATE = 0x0000_0002;
  static final int SUBMIT = 0x0000_0004;
  static final int DELIVER = 0x0000_0005;
  static final int ACTIVE_TEST = 0x0000_0008;

  private Command() {}
}
