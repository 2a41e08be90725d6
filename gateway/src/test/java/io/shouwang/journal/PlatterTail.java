package io.shouwang.journal;

import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads what of a journal has reached the platter, as it does: the witness that something was
 * durable at a moment, whatever the journal says of itself.
 */
public final class PlatterTail {
  private final SimulatedDisk disk;
  private final Path directory;
  private final BatchFrame frame = new BatchFrame();
  private long segment = 1;
  private int position;
  private long sequence;
  private int batchesHere;

  public PlatterTail(SimulatedDisk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** The last batch shown. */
  public long sequence() {
    return sequence;
  }

  /** Shows the whole batches that came to lie on the platter since the last time. */
  public void read(BatchVisitor visitor) throws IOException {
    while (true) {
      if (readOne(SegmentFiles.segment(directory, segment), position, visitor)) {
        continue;
      }
      // A number may have been skipped: one made ahead whose name a power cut took.
      long next = 0;
      for (long number = segment; number < segment + 8 && next == 0; number++) {
        Path path = SegmentFiles.segment(directory, number);
        ByteBuffer bytes = disk.platter(path);
        SegmentHeader header =
            bytes == null ? null : SegmentHeader.read(bytes.duplicate(), 0, path, frame);
        if (header != null
            && header.firstSequence() == sequence + 1
            && !(number == segment && position > 0)
            && whole(bytes, SegmentHeader.BYTES)) {
          next = number;
        }
      }
      if (next == 0) {
        return;
      }
      segment = next;
      position = SegmentHeader.BYTES;
      batchesHere = 0;
    }
  }

  private boolean readOne(Path path, int at, BatchVisitor visitor) throws IOException {
    ByteBuffer bytes = disk.platter(path);
    if (at == 0 || bytes == null || !whole(bytes, at)) {
      return false;
    }
    int length = bytes.getInt(at + BatchFrame.LENGTH_AT);
    sequence++;
    batchesHere++;
    position = at + BatchFrame.HEADER_BYTES + length;
    visitor.batch(sequence, bytes.slice(at + BatchFrame.HEADER_BYTES, length).asReadOnlyBuffer());
    return true;
  }

  private boolean whole(@Nullable ByteBuffer bytes, int at) {
    if (bytes == null
        || at + BatchFrame.HEADER_BYTES > bytes.limit()
        || bytes.getInt(at) != BatchFrame.MAGIC
        || bytes.getLong(at + BatchFrame.SEQUENCE_AT) != sequence + 1) {
      return false;
    }
    int length = bytes.getInt(at + BatchFrame.LENGTH_AT);
    return length > 0
        && at + BatchFrame.HEADER_BYTES + length <= bytes.limit()
        && bytes.getInt(at + BatchFrame.CRC_AT)
            == frame.crc(bytes.duplicate(), at, BatchFrame.HEADER_BYTES + length);
  }

  /** The body of a batch in what is being written to a segment; empty if there is none. */
  public static ByteBuffer body(ByteBuffer written) {
    ByteBuffer bytes = written.slice();
    int at =
        bytes.remaining() > 4 && bytes.getInt(0) == SegmentHeader.MAGIC ? SegmentHeader.BYTES : 0;
    return bytes.remaining() > at + BatchFrame.HEADER_BYTES && bytes.getInt(at) == BatchFrame.MAGIC
        ? bytes.slice(at + BatchFrame.HEADER_BYTES, bytes.getInt(at + BatchFrame.LENGTH_AT))
        : ByteBuffer.allocate(0);
  }

  /** Whether the last batch isn't its segment's first, which goes with the header. */
  public boolean isLastErasable() {
    return batchesHere > 1;
  }

  /** Makes the last whole batch of the tail's segment zeros on the platter: as if never written. */
  public void forgetLast(int bodyBytes) {
    int bytes = BatchFrame.HEADER_BYTES + bodyBytes;
    disk.erase(SegmentFiles.segment(directory, segment), position - bytes, bytes);
  }
}
