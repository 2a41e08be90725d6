package io.shouwang.registry;

import io.shouwang.host.Disk;
import io.shouwang.yaml.Escaped;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a registry that come in as a zip: unpacked while they are read, under names of ours,
 * so that nothing in it says where anything is written or how much. One thread at a time.
 */
final class Incoming implements RegistrySource {
  static final int ENTRIES_MAX = 64;
  private static final long FILE_MAX = 512L << 20;
  private static final long UNPACKED_MAX = 1L << 30;
  private static final int CHUNK_BYTES = 1 << 16;

  private final Disk disk;
  private final Path directory;
  private final long fileMax;
  private final long unpackedMax;

  Incoming(Disk disk, Path directory) {
    this(disk, directory, FILE_MAX, UNPACKED_MAX);
  }

  /**
   * With other bounds.
   *
   * @param fileMax bytes of one file, unpacked
   * @param unpackedMax bytes of all files together
   */
  Incoming(Disk disk, Path directory, long fileMax, long unpackedMax) {
    this.disk = disk;
    this.directory = directory;
    this.fileMax = fileMax;
    this.unpackedMax = unpackedMax;
  }

  /**
   * Unpacks a zip.
   *
   * @throws IncomingRefused if it is none, is too large, or holds what isn't a registry's
   * @throws IOException if the disk fails
   */
  void receive(InputStream packed) throws IOException {
    disk.makeDirectory(directory);
    clear();
    Tail tail = new Tail(packed);
    Set<String> files = new LinkedHashSet<>();
    long[] left = {unpackedMax};
    int entries = 0;
    // No name but an ASCII one is taken; this charset can read any.
    try (ZipInputStream zip = new ZipInputStream(tail, StandardCharsets.ISO_8859_1)) {
      ZipEntry entry;
      while ((entry = next(zip)) != null) {
        if (++entries > ENTRIES_MAX) {
          throw new IncomingRefused("the zip holds more than " + ENTRIES_MAX + " files");
        }
        String file = file(entry);
        if (file != null) {
          if (!files.add(file)) {
            throw new IncomingRefused("the zip holds " + file + " twice");
          }
          DurableFile.write(disk, directory.resolve(file), out -> unpack(zip, file, left, out));
        }
      }
      tail.skipRest();
    }
    if (tail.entries() != entries) {
      throw new IncomingRefused("this is no zip, or its end is missing; make it again");
    }
    if (files.isEmpty()) {
      throw new IncomingRefused("the zip holds none of " + String.join(", ", FILES));
    }
  }

  private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
    try {
      return zip.getNextEntry();
    } catch (ZipException | EOFException | IllegalArgumentException damaged) {
      throw damaged(damaged);
    }
  }

  private static IncomingRefused damaged(Exception by) {
    IncomingRefused refused = new IncomingRefused("the zip is damaged; make it again");
    refused.initCause(by);
    return refused;
  }

  /** Which file it is; null for what systems add by themselves. */
  private static @Nullable String file(ZipEntry entry) throws IncomingRefused {
    String path = entry.getName();
    if (path.startsWith("/") || path.contains("\\") || path.contains(":") || path.contains("..")) {
      throw new IncomingRefused("the zip holds a file with a path that leads elsewhere");
    }
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    boolean isSystems =
        entry.isDirectory() || path.startsWith("__MACOSX/") || name.equals(".ds_store");
    if (isSystems) {
      return null;
    }
    if (FILES.contains(name) || OPTIONAL_FILES.contains(name)) {
      return name;
    }
    throw new IncomingRefused(
        "the zip holds "
            + Escaped.quoted(name)
            + ", which is no file of a registry; take it out. Known are "
            + String.join(", ", FILES)
            + ", "
            + String.join(", ", OPTIONAL_FILES));
  }

  /** However little it was packed: what counts is what comes out. */
  private void unpack(ZipInputStream zip, String file, long[] left, OutputStream out)
      throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    long length = 0;
    int read;
    while ((read = read(zip, chunk)) >= 0) {
      length += read;
      left[0] -= read;
      if (length > fileMax || left[0] < 0) {
        throw new IncomingRefused(
            file
                + " is larger than "
                + (fileMax >> 20)
                + " MiB, or all files together than "
                + (unpackedMax >> 20)
                + " MiB; use gateway import on the server");
      }
      out.write(chunk, 0, read);
    }
  }

  private static int read(ZipInputStream zip, byte[] chunk) throws IOException {
    try {
      return zip.read(chunk);
    } catch (ZipException | EOFException damaged) {
      throw damaged(damaged);
    }
  }

  @Override
  public byte @Nullable [] bytes(String file) throws IOException {
    try {
      return DurableFile.read(disk, directory.resolve(file));
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  /** Takes away whatever is left of it. */
  void clear() throws IOException {
    for (String file : disk.list(directory)) {
      disk.delete(directory.resolve(file));
    }
  }

  /** Remembers a zip's end, which says how many entries there must have been. */
  private static final class Tail extends FilterInputStream {
    private static final int KEPT = 4_096;
    private static final int END_BYTES = 22;
    private static final int ENTRIES_AT = 10;

    private final byte[] kept = new byte[KEPT];
    private long length;

    Tail(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      int read = in.read(bytes, offset, count);
      for (int i = Math.max(0, read - KEPT); i < read; i++) {
        kept[(int) ((length + i) % KEPT)] = bytes[offset + i];
      }
      length += Math.max(0, read);
      return read;
    }

    void skipRest() throws IOException {
      byte[] chunk = new byte[CHUNK_BYTES];
      while (read(chunk, 0, chunk.length) >= 0) {
        // Only its end matters.
      }
    }

    /** What the end says; -1 if there is none. */
    int entries() {
      for (int back = END_BYTES; back <= Math.min(KEPT, length); back++) {
        if (at(back) == 'P' && at(back - 1) == 'K' && at(back - 2) == 5 && at(back - 3) == 6) {
          return at(back - ENTRIES_AT) | at(back - ENTRIES_AT - 1) << 8;
        }
      }
      return -1;
    }

    /** The byte so far before the end. */
    private int at(int back) {
      return kept[(int) ((length - back) % KEPT)] & 0xff;
    }
  }
}
