package io.shouwang.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A disk in memory, for what nobody needs afterwards; nothing on it is durable. One thread. */
public final class ScratchDisk implements Disk {
  private final Map<Path, ScratchFile> files = new TreeMap<>();

  @Override
  public DiskFile open(Path file) throws IOException {
    return existing(file);
  }

  @Override
  public DiskFile openReadOnly(Path file) throws IOException {
    return existing(file);
  }

  private ScratchFile existing(Path file) throws IOException {
    ScratchFile found = files.get(file);
    if (found == null) {
      throw new NoSuchFileException(file.toString());
    }
    return found;
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    ScratchFile made = new ScratchFile();
    if (files.putIfAbsent(file, made) != null) {
      throw new FileAlreadyExistsException(file.toString());
    }
    return made;
  }

  @Override
  public void rename(Path source, Path target) throws IOException {
    files.put(target, existing(source));
    files.remove(source);
  }

  @Override
  public void delete(Path file) throws IOException {
    existing(file);
    files.remove(file);
  }

  @Override
  public boolean exists(Path file) {
    return files.containsKey(file);
  }

  @Override
  public List<String> list(Path directory) {
    return files.keySet().stream()
        .filter(file -> directory.equals(file.getParent()))
        .map(file -> String.valueOf(file.getFileName()))
        .toList();
  }

  @Override
  public void makeDirectory(Path directory) {
    // There are only files here.
  }

  @Override
  public void syncDirectory(Path directory) {
    // Nothing outlives the process anyway.
  }

  @Override
  public AutoCloseable lock(Path file) {
    return () -> {};
  }

  private static final class ScratchFile implements DiskFile {
    private byte[] bytes = new byte[0];
    private int size;

    @Override
    public int read(ByteBuffer target, long position) {
      if (position >= size) {
        return -1;
      }
      int count = Math.min(target.remaining(), size - (int) position);
      target.put(bytes, (int) position, count);
      return count;
    }

    @Override
    public void write(ByteBuffer source, long position) {
      int end = Math.addExact(Math.toIntExact(position), source.remaining());
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      }
      source.get(bytes, (int) position, source.remaining());
      size = Math.max(size, end);
    }

    @Override
    public void sync() {
      // Nothing outlives the process anyway.
    }

    @Override
    public void truncate(long length) {
      size = (int) Math.min(size, length);
      Arrays.fill(bytes, size, bytes.length, (byte) 0);
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void close() {
      // The bytes stay until the disk goes.
    }
  }
}
