package io.shouwang.notify.cmpp;

/** What differs between the two versions in use: how wide some fields are. */
enum CmppVersion {
  V2_0(0x20, 21, 1, 8),
  V3_0(0x30, 32, 4, 20);

  private final int code;
  private final int terminal;
  private final int result;
  private final int tail;

  CmppVersion(int code, int terminal, int result, int tail) {
    this.code = code;
    this.terminal = terminal;
    this.result = result;
    this.tail = tail;
  }

  /** Major version in the high four bits, minor in the low. */
  int code() {
    return code;
  }

  /** Bytes of a phone's number. */
  int terminal() {
    return terminal;
  }

  /** Bytes of a result or status. */
  int result() {
    return result;
  }

  /** Bytes at the end of SUBMIT and DELIVER: Reserve, or LinkID. */
  int tail() {
    return tail;
  }

  /** Whether numbers have a type, which says if they are disguised. */
  boolean hasTerminalType() {
    return this == V3_0;
  }
}
