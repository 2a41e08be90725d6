package io.shouwang.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a journal, each kind a type; the message names the remedy. */
public abstract sealed class JournalException extends IOException
    permits JournalInUse, JournalCorrupt, JournalTooNew, JournalFailed, NoRoom {
  private static final long serialVersionUID = 1L;

  JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
