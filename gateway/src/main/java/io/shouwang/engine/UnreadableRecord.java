package io.shouwang.engine;

/** A journalled record passed its checksum and still can't be read: written by another version. */
public final class UnreadableRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableRecord(Throwable cause) {
    super("a journalled record can't be read; was it written by a newer version?", cause);
  }

  UnreadableRecord(String what) {
    super(what);
  }
}
