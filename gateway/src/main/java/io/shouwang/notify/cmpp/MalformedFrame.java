package io.shouwang.notify.cmpp;

/** A peer said what the protocol doesn't allow; its line is closed. */
final class MalformedFrame extends Exception {
  private static final long serialVersionUID = 1;

  MalformedFrame(String what) {
    super(what);
  }
}
