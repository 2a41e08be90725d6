package io.shouwang.engine;

import io.shouwang.engine.SnapshotSlices.Handover;
import io.shouwang.engine.SnapshotSlices.Slice;
import io.shouwang.host.Disk;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot while it is being written, slice by slice as the engine hands them over. Closed before
 * it is whole, it leaves nothing behind: on a full disk it would keep the room that alarms need.
 * One thread.
 */
public final class SnapshotUnderWay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotUnderWay.class);

  private final Disk disk;
  private final Path directory;
  private final SnapshotSlices slices;
  private final Handover handover;
  private @Nullable Path temporary;
  private Snapshot.@Nullable Sections sections;
  private long sequence;
  private int homes;
  private boolean whole;

  SnapshotUnderWay(Disk disk, Path directory, SnapshotSlices slices) {
    this.disk = disk;
    this.directory = directory;
    this.slices = slices;
    this.handover = slices.begin();
  }

  /** Writes all there is, waiting for the engine; returns the first batch it doesn't cover. */
  long await() throws IOException, InterruptedException {
    while (!whole) {
      add(handover.take());
    }
    return sequence;
  }

  /** Writes what the engine has handed over by now; true once the snapshot is durable. */
  public boolean proceed() throws IOException {
    Slice slice;
    while (!whole && (slice = handover.poll()) != null) {
      add(slice);
    }
    return whole;
  }

  private void add(Slice slice) throws IOException {
    Snapshot.Sections out = sections;
    if (out == null) {
      sequence = slice.sequence();
      Path path = directory.resolve(Snapshot.name(sequence) + Snapshot.TEMPORARY);
      if (disk.exists(path)) {
        disk.delete(path);
      }
      out = new Snapshot.Sections(disk.create(path));
      temporary = path;
      sections = out;
      out.begin(slice);
    }
    out.write(slice);
    homes += slice.homes().size();
    if (slice.isLast() && temporary != null) {
      out.end(homes);
      disk.rename(temporary, directory.resolve(Snapshot.name(sequence)));
      temporary = null;
      disk.syncDirectory(directory);
      whole = true;
    }
  }

  @Override
  public void close() {
    slices.abandon(handover);
    try {
      if (sections != null) {
        sections.close();
      }
      if (temporary != null && disk.exists(temporary)) {
        disk.delete(temporary);
      }
    } catch (IOException e) {
      LOG.warn("an unfinished snapshot stays until the next start: {}", e.toString());
    }
  }
}
