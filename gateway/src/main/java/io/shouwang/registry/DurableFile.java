package io.shouwang.registry;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Whole files on a {@link Disk}: read at once, or written beside their place, synced, and put there
 * in one step, so that a reader or a crash meets the old file or the new one and nothing else.
 */
final class DurableFile {
  private static final String UNFINISHED = ".tmp";
  private static final int BUFFER_BYTES = 1 << 20;

  private DurableFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Reads a file; fails beyond {@link RegistrySource#FILE_BYTES_MAX}. */
  static byte[] read(Disk disk, Path path) throws IOException {
    try (DiskFile file = disk.openReadOnly(path)) {
      if (file.size() > RegistrySource.FILE_BYTES_MAX) {
        throw new IOException(path + " is larger than 1 GiB");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
      while (bytes.hasRemaining()) {
        if (file.read(bytes, bytes.position()) < 0) {
          throw new EOFException(path + " became shorter while it was read");
        }
      }
      return bytes.array();
    }
  }

  /** Makes or replaces a file; durable on return. */
  static void replace(Disk disk, Path path, Content content) throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
    write(disk, unfinished, content);
    disk.rename(unfinished, path);
    disk.syncDirectory(directory(path));
  }

  /** Writes a file anew and syncs its bytes, not yet its name. */
  static void write(Disk disk, Path path, Content content) throws IOException {
    if (disk.exists(path)) {
      disk.delete(path);
    }
    try (DiskFile file = disk.create(path)) {
      Sequential out = new Sequential(file);
      content.writeTo(out);
      out.flush();
      file.sync();
    }
  }

  static Path directory(Path path) {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** Writes one byte after the other, a buffer at a time. */
  private static final class Sequential extends OutputStream {
    private final DiskFile file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long position;

    Sequential(DiskFile file) {
      this.file = file;
    }

    @Override
    public void write(int octet) throws IOException {
      if (!buffer.hasRemaining()) {
        flush();
      }
      buffer.put((byte) octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > buffer.remaining()) {
        flush();
      }
      if (length > buffer.capacity()) {
        file.write(ByteBuffer.wrap(bytes, offset, length), position);
        position += length;
      } else {
        buffer.put(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      buffer.flip();
      int length = buffer.remaining();
      if (length > 0) {
        file.write(buffer, position);
      }
      position += length;
      buffer.clear();
    }
  }
}
