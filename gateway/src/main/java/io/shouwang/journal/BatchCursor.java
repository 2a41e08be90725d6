package io.shouwang.journal;

import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file, batch by batch, through a window that grows to the longest batch met. It knows
 * whether a batch is whole in itself; whether it is the right one is for its user to say. One
 * thread.
 */
final class BatchCursor {
  /** Reused from file to file. */
  static final class Window {
    private static final int BYTES_LEAST = 128 * 1024;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(BYTES_LEAST).asReadOnlyBuffer();

    private ByteBuffer bytes = ByteBuffer.allocate(BYTES_LEAST);
    private final BatchFrame frame = new BatchFrame();

    BatchFrame frame() {
      return frame;
    }
  }

  private final Path path;
  private final DiskFile file;
  private final Window window;
  private long windowAt;
  private long position;
  private int frameAt;
  private int bodyBytes;

  BatchCursor(Path path, DiskFile file, Window window) {
    this.path = path;
    this.file = file;
    this.window = window;
    window.bytes.clear().limit(0);
  }

  long position() {
    return position;
  }

  /** Goes to a position and forgets what was read before, since the file may have changed. */
  void seek(long target) {
    position = target;
    window.bytes.clear().limit(0);
  }

  @Nullable SegmentHeader segmentHeader() throws IOException {
    loadStart(SegmentHeader.BYTES);
    return SegmentHeader.read(window.bytes, 0, path, window.frame);
  }

  @Nullable ArchiveHeader archiveHeader() throws IOException {
    loadStart(ArchiveHeader.BYTES);
    return ArchiveHeader.read(window.bytes, path, window.frame);
  }

  /** Reads no more than a header, since there may be a year of files. */
  private void loadStart(int bytes) throws IOException {
    window.bytes.clear().limit(bytes);
    windowAt = 0;
    fill();
  }

  /** Whether a whole batch starts at the position. */
  boolean read() throws IOException {
    bodyBytes = -1;
    if (!load(position, BatchFrame.HEADER_BYTES)) {
      return false;
    }
    int at = (int) (position - windowAt);
    if (window.bytes.getInt(at) != BatchFrame.MAGIC) {
      return false;
    }
    int length = window.bytes.getInt(at + BatchFrame.LENGTH_AT);
    if (length < 1 || length > BatchFrame.BODY_BYTES_MAX) {
      return false;
    }
    if (!load(position, BatchFrame.HEADER_BYTES + length)) {
      return false;
    }
    at = (int) (position - windowAt);
    int crc = window.frame.crc(window.bytes, at, BatchFrame.HEADER_BYTES + length);
    if (window.bytes.getInt(at + BatchFrame.CRC_AT) != crc) {
      return false;
    }
    int version = window.bytes.getShort(at + BatchFrame.VERSION_AT);
    if (version > BatchFrame.VERSION) {
      throw new JournalTooNew(path, version, BatchFrame.VERSION);
    }
    frameAt = at;
    bodyBytes = length;
    return true;
  }

  /** Steps over the batch just read. */
  void advance() {
    position += frameBytes();
  }

  int frameBytes() {
    return BatchFrame.HEADER_BYTES + bodyBytes;
  }

  long journalId() {
    return window.bytes.getLong(frameAt + BatchFrame.JOURNAL_AT);
  }

  long sequence() {
    return window.bytes.getLong(frameAt + BatchFrame.SEQUENCE_AT);
  }

  BatchHash previous() {
    return BatchHash.read(window.bytes, frameAt + BatchFrame.PREVIOUS_AT);
  }

  long writtenAtMillis() {
    return window.bytes.getLong(frameAt + BatchFrame.WRITTEN_AT);
  }

  BatchHash hash() {
    return window.frame.hash(window.bytes, frameAt, frameBytes());
  }

  /** The body, read-only; good until the cursor moves. */
  ByteBuffer body() {
    return window.bytes.slice(frameAt + BatchFrame.HEADER_BYTES, bodyBytes).asReadOnlyBuffer();
  }

  /**
   * Moves to the first position from here on at which a whole batch of the journal starts that is
   * numbered as given or above. Looks at every byte, since after damage no length can be trusted.
   *
   * @param journalId which journal's, or null if that isn't known
   */
  boolean find(@Nullable Long journalId, long leastSequence) throws IOException {
    while (load(position, BatchFrame.HEADER_BYTES)) {
      int at = (int) (position - windowAt);
      if (window.bytes.getLong(at) == 0) {
        position += 8;
      } else if (window.bytes.getInt(at) != BatchFrame.MAGIC
          || window.bytes.getLong(at + BatchFrame.SEQUENCE_AT) < leastSequence
          || (journalId != null && window.bytes.getLong(at + BatchFrame.JOURNAL_AT) != journalId)) {
        position++;
      } else if (read()) {
        return true;
      } else {
        position++;
      }
    }
    return false;
  }

  /** The end of what isn't zero between a position and a limit; the position itself if all is. */
  long endOfData(long from, long to) throws IOException {
    long end = from;
    long at = from;
    while (at < to) {
      load(at, (int) Math.min(Window.BYTES_LEAST, to - at));
      int offset = (int) (at - windowAt);
      int limit = (int) Math.min(window.bytes.limit(), to - windowAt);
      if (offset >= limit) {
        break;
      }
      int length = Math.min(limit - offset, Window.BYTES_LEAST);
      limit = offset + length;
      if (window.bytes.slice(offset, length).mismatch(Window.ZEROS.slice(0, length)) >= 0) {
        int i = limit - 1;
        while (window.bytes.get(i) == 0) {
          i--;
        }
        end = windowAt + i + 1;
      }
      at = windowAt + limit;
    }
    return end;
  }

  /** Makes sure that the window holds so many bytes from a position; false if the file ends. */
  private boolean load(long from, int bytes) throws IOException {
    if (from >= windowAt && from + bytes <= windowAt + window.bytes.limit()) {
      return true;
    }
    if (window.bytes.capacity() < bytes) {
      window.bytes =
          ByteBuffer.allocate(
              Math.min(2 * bytes, BatchFrame.HEADER_BYTES + BatchFrame.BODY_BYTES_MAX));
    }
    window.bytes.clear();
    windowAt = from;
    fill();
    return window.bytes.limit() >= bytes;
  }

  private void fill() throws IOException {
    while (window.bytes.hasRemaining()) {
      if (file.read(window.bytes, windowAt + window.bytes.position()) < 0) {
        break;
      }
    }
    window.bytes.flip();
  }
}
