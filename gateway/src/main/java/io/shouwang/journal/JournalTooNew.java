package io.shouwang.journal;

import java.nio.file.Path;

/** The file was written by a later version of the gateway, whose format this one doesn't know. */
public final class JournalTooNew extends JournalException {
  private static final long serialVersionUID = 1L;

  JournalTooNew(Path file, int version, int known) {
    super(
        file
            + " has journal format "
            + version
            + ", this gateway reads up to "
            + known
            + ": start the newer gateway again; nothing was changed",
        null);
  }
}
