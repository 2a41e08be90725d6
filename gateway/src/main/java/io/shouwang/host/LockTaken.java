package io.shouwang.host;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another owner in this one, holds the lock. */
public final class LockTaken extends IOException {
  private static final long serialVersionUID = 1L;

  public LockTaken(Path file) {
    super("another process holds " + file);
  }
}
