package io.shouwang.simulation;

/**
 * What goes wrong, and when.
 *
 * @param nth the operation of that kind, from 1, counted since the fault was set
 * @param persistent also each one after it
 */
public record DiskFault(Operation operation, int nth, boolean persistent, Kind kind) {

  /** The kinds of call a disk can fail. */
  public enum Operation {
    READ,
    WRITE,
    SYNC,
    OPEN,
    CREATE,
    RENAME,
    DELETE,
    SYNC_DIRECTORY
  }

  /** How a call fails. */
  public enum Kind {
    /** Nothing is done. After a sync, what it should have synced counts as clean all the same. */
    EIO("Input/output error"),
    /** A full disk. */
    ENOSPC("No space left on device"),
    /** A write does its first part only; any other call fails as with EIO. */
    SHORT("Input/output error after a part");

    final String message;

    Kind(String message) {
      this.message = message;
    }
  }
}
