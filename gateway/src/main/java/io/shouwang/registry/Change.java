package io.shouwang.registry;

import java.time.Instant;
import java.util.List;

/**
 * One entry that somebody edited.
 *
 * @param by who, as the record of who did what names them
 * @param entry what it says since
 * @param fields the columns that were changed
 */
public record Change(Instant at, String by, Kind kind, Entry entry, List<String> fields) {

  /** What became of the entry. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  public Change {
    fields = List.copyOf(fields);
  }

  /** From what the registry said to what it says. */
  static Change of(Instant at, String by, Entry before, Entry after) {
    Kind kind = before.isAbsent() ? Kind.ADDED : after.isAbsent() ? Kind.REMOVED : Kind.CHANGED;
    return new Change(at, by, kind, after, before.differences(after));
  }
}
