package io.shouwang.journal;

import java.nio.file.Path;

/**
 * Something that was on disk is missing or changed, and more than a power cut explains. The journal
 * doesn't open: a person decides what to give up.
 */
public final class JournalCorrupt extends JournalException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final long offset;
  private final String reason;

  JournalCorrupt(Path file, long offset, String reason) {
    super(
        "journal damaged: "
            + file
            + " at offset "
            + offset
            + ": "
            + reason
            + ". Restore the file from a copy, or run `scripts/gateway journal repair`: it says"
            + " first what it would give up",
        null);
    this.file = file;
    this.offset = offset;
    this.reason = reason;
  }

  /** The damaged file, or the one that should be there. */
  public Path file() {
    return file;
  }

  /** Where in the file the first thing is that can't be trusted, in bytes. */
  public long offset() {
    return offset;
  }

  /** What is wrong, for a person. */
  public String reason() {
    return reason;
  }
}
