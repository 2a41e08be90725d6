package io.shouwang.engine;

import io.shouwang.host.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes snapshots and keeps the two latest: one may turn out damaged. One thread. */
public final class Snapshots {
  private static final int KEPT = 2;

  private final Disk disk;
  private final Path directory;
  private final SnapshotSlices slices;

  Snapshots(Disk disk, Path directory, SnapshotSlices slices) {
    this.disk = disk;
    this.directory = directory;
    this.slices = slices;
  }

  /** Writes one while the engine goes on; returns the first batch it doesn't cover. */
  public long take() throws IOException, InterruptedException {
    try (SnapshotUnderWay underWay = begin()) {
      long sequence = underWay.await();
      prune();
      return sequence;
    }
  }

  /** Begins one; its owner writes it on as the engine goes on, closes it, then prunes. */
  public SnapshotUnderWay begin() {
    return new SnapshotUnderWay(disk, directory, slices);
  }

  /**
   * Deletes all but the latest, durably: one that came back after a power cut would count as kept,
   * when the segments it needs are long distilled.
   */
  public void prune() throws IOException {
    List<Path> files = Snapshot.list(disk, directory);
    for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      disk.delete(old);
    }
    disk.syncDirectory(directory);
  }

  /**
   * Batches before this one are covered by every snapshot that is kept; 1 as long as there are not
   * enough of them.
   */
  public long covered() throws IOException {
    List<Path> files = Snapshot.list(disk, directory);
    return files.size() < KEPT ? 1 : Snapshot.sequence(files.getLast());
  }
}
