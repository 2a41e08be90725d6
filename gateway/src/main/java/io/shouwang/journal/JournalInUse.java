package io.shouwang.journal;

import java.nio.file.Path;

/** Another process has the journal open. */
public final class JournalInUse extends JournalException {
  private static final long serialVersionUID = 1L;

  JournalInUse(Path lock, Throwable cause) {
    super(
        "another gateway uses this journal ("
            + lock
            + " is locked): stop it, or give this one a --data directory of its own",
        cause);
  }
}
