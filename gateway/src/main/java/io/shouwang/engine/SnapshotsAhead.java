package io.shouwang.engine;

import io.shouwang.host.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Snapshots that know of batches which the journal no longer has, after a repair or the loss of its
 * end. The gateway refuses to start on one: it would number new batches like lost ones, and pass
 * over them at the next start.
 */
public final class SnapshotsAhead {
  private SnapshotsAhead() {}

  /**
   * The snapshots that a journal can't go on from, newest first.
   *
   * @param data the data directory
   * @param lastSequence the journal's last batch
   */
  public static List<Path> find(Disk disk, Path data, long lastSequence) throws IOException {
    List<Path> ahead = new ArrayList<>();
    for (Path file : Snapshot.list(disk, data.resolve("snapshots"))) {
      if (Snapshot.sequence(file) > lastSequence + 1) {
        ahead.add(file);
      }
    }
    return ahead;
  }

  /** Renames them, so that no start uses them; durable on return. */
  public static void setAside(Disk disk, List<Path> ahead) throws IOException {
    for (Path file : ahead) {
      disk.rename(file, file.resolveSibling(file.getFileName() + ".damaged"));
    }
    for (Path file : ahead.subList(0, Math.min(1, ahead.size()))) {
      Path directory = file.getParent();
      if (directory != null) {
        disk.syncDirectory(directory);
      }
    }
  }
}
