package io.shouwang.journal;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What has to be written before an opened journal may take its first batch. */
final class OpeningRepairs {
  private static final int CHUNK_BYTES = 256 * 1024;

  private OpeningRepairs() {}

  /** Makes torn bytes zero, durably, so that they can never pass for a batch later. */
  static void cutTornTails(Disk disk, JournalScan scan) throws IOException {
    for (JournalScan.Torn torn : scan.torn()) {
      try (DiskFile file = disk.open(torn.tail().file())) {
        for (long at = torn.tail().offset(); at < torn.end(); at += CHUNK_BYTES) {
          int bytes = (int) Math.min(CHUNK_BYTES, torn.end() - at);
          file.write(ByteBuffer.allocate(bytes), at);
        }
        file.sync();
      }
    }
  }

  /**
   * Writes the last batch once more and syncs it. It may have been read from the system's cache
   * alone, its process killed before the sync, or even after a sync that failed; then the cache
   * calls it clean and only a new write brings it to the disk.
   */
  static void writeAgain(DiskFile file, long from, long end) throws IOException {
    // the segment's header was written together with the first batch
    long start = from <= SegmentHeader.BYTES ? 0 : from;
    ByteBuffer bytes = ByteBuffer.allocate((int) (end - start));
    while (bytes.hasRemaining()) {
      if (file.read(bytes, start + bytes.position()) < 0) {
        throw new IOException("the last segment became shorter while it was read");
      }
    }
    file.write(bytes.flip(), start);
    file.sync();
  }
}
