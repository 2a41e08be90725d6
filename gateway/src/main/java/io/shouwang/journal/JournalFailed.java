package io.shouwang.journal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A write or a sync failed. What the disk holds of the last batch is unknown, so the journal is
 * dead: it takes nothing more and the process must stop. Opening it anew finds what is there.
 */
public final class JournalFailed extends JournalException {
  private static final long serialVersionUID = 1L;

  JournalFailed(Path file, String act, @Nullable Throwable cause) {
    super(
        act
            + " of "
            + file
            + " failed"
            + (cause == null ? "" : " (" + cause.getMessage() + ")")
            + ": the journal takes nothing more; look at the disk, then start the gateway again",
        cause);
  }
}
