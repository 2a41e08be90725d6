package io.shouwang.engine;

import io.shouwang.alerts.Home;
import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import io.shouwang.model.Session;
import io.shouwang.model.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * The state in a file, so that a restart needn't replay the year. Written slice by slice under a
 * temporary name, synced, renamed, the directory synced; a damaged one is passed over for the one
 * before it.
 *
 * <pre>
 * file    = magic(8) version(1) section*
 * section = kind(1) length(4) crc32c(4) body      kind: 1 head, 2 slice, 3 end
 * head    = CBOR of {@link Head}
 * slice   = number(8) now-ms(8) count(4) { length(4) home }*   home: see {@link HomeCodec}
 * end     = count(4) of all homes
 * </pre>
 *
 * <p>In version 1 a home was CBOR as a whole.
 */
final class Snapshot {
  static final long MAGIC = 0x5357_534E_4150_0001L;
  static final byte VERSION = 4;
  private static final byte OLDEST_VERSION = 1;
  private static final byte HEAD = 1;
  private static final byte SLICE = 2;
  private static final byte END = 3;
  static final String TEMPORARY = ".tmp";
  private static final int SECTION_HEADER = 9;
  private static final int SECTION_BYTES_MAX = 1 << 30;

  /**
   * @param sequence replay starts at this batch
   */
  record Head(
      long sequence,
      Stamp last,
      String registryHash,
      String settingsHash,
      List<Session> sessions,
      List<Notes.Note> notes,
      List<Notes.CareNote> careNotes) {

    /** What an earlier version wrote has no notes of contacts. */
    Head {
      careNotes = Objects.requireNonNullElse(careNotes, List.of());
    }
  }

  /** Homes as they were at a number. */
  record Homes(Stamp at, List<Home> homes) {}

  private Snapshot() {}

  static String name(long sequence) {
    return String.format("%016x.snapshot", sequence);
  }

  /** The first batch that a snapshot doesn't cover, by its name. */
  static long sequence(Path file) {
    return Long.parseUnsignedLong(file.getFileName().toString().substring(0, 16), 16);
  }

  /** The snapshots of a directory, newest first. */
  static List<Path> list(Disk disk, Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : disk.list(directory)) {
      if (name.endsWith(".snapshot")) {
        files.addFirst(directory.resolve(name));
      }
    }
    return files;
  }

  /** Takes away what a process that ended in the middle of a snapshot left. */
  static void deleteUnfinished(Disk disk, Path directory) throws IOException {
    for (String name : disk.list(directory)) {
      if (name.endsWith(TEMPORARY)) {
        disk.delete(directory.resolve(name));
      }
    }
  }

  /** What reading a snapshot hears. */
  interface Visitor {
    void head(Head head);

    void homes(Homes homes);
  }

  /**
   * Reads a snapshot.
   *
   * @throws Damaged when it isn't whole; what was visited before is to be thrown away
   */
  static void read(Disk disk, Path file, Visitor visitor) throws IOException {
    try (DiskFile in = disk.open(file)) {
      Sections sections = new Sections(in);
      byte version = sections.expectStart(file);
      int count = 0;
      while (true) {
        Section section = sections.read(file);
        ByteBuffer body = section.body();
        switch (section.kind()) {
          case HEAD -> {
            byte[] head = new byte[body.remaining()];
            body.get(head);
            visitor.head(Cbor.value(head, Head.class));
          }
          case SLICE -> {
            Homes homes = decode(body, version);
            count += homes.homes().size();
            visitor.homes(homes);
          }
          case END -> {
            if (body.getInt() != count) {
              throw new Damaged(file, "it lacks homes");
            }
            return;
          }
          default -> throw new Damaged(file, "a section of kind " + section.kind());
        }
      }
    }
  }

  private static Homes decode(ByteBuffer body, byte version) {
    Stamp at = new Stamp(body.getLong(), Instant.ofEpochMilli(body.getLong()));
    int count = body.getInt();
    List<Home> homes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] home = new byte[body.getInt()];
      body.get(home);
      homes.add(
          version == OLDEST_VERSION ? Cbor.home(home) : HomeCodec.read(ByteBuffer.wrap(home)));
    }
    return new Homes(at, homes);
  }

  /** A snapshot that can't be used. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    Damaged(Path file, String what) {
      super("snapshot " + file + ": " + what);
    }
  }

  record Section(byte kind, ByteBuffer body) {}

  /** The framing. */
  static final class Sections implements AutoCloseable {
    private final DiskFile file;
    private long position;

    Sections(DiskFile file) {
      this.file = file;
    }

    /** Opens the file with what comes with the first slice. */
    void begin(SnapshotSlices.Slice first) throws IOException {
      file.write(ByteBuffer.allocate(9).putLong(MAGIC).put(VERSION).flip(), 0);
      position = 9;
      SnapshotSlices.Rest rest = Objects.requireNonNull(first.rest());
      write(
          HEAD,
          Cbor.value(
              new Head(
                  first.sequence(),
                  first.last(),
                  rest.registryHash(),
                  rest.settingsHash(),
                  rest.sessions(),
                  rest.notes(),
                  rest.careNotes())));
    }

    void write(SnapshotSlices.Slice slice) throws IOException {
      write(SLICE, encode(slice));
    }

    /** Ends the file and makes its bytes durable. */
    void end(int homes) throws IOException {
      write(END, ByteBuffer.allocate(4).putInt(homes).array());
      file.sync();
      file.close();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }

    private static byte[] encode(SnapshotSlices.Slice slice) {
      List<byte[]> homes = slice.homes().stream().map(HomeCodec::write).toList();
      int size = 20 + homes.stream().mapToInt(home -> home.length + 4).sum();
      ByteBuffer body = ByteBuffer.allocate(size);
      body.putLong(slice.last().number());
      body.putLong(slice.last().now().toEpochMilli());
      body.putInt(homes.size());
      homes.forEach(home -> body.putInt(home.length).put(home));
      return body.array();
    }

    /** The version of what follows. */
    byte expectStart(Path name) throws IOException {
      ByteBuffer head = fill(9, name);
      if (head.getLong() != MAGIC) {
        throw new Damaged(name, "it isn't one");
      }
      byte version = head.get();
      if (version < OLDEST_VERSION || version > VERSION) {
        throw new Damaged(name, "version " + version + "; this gateway reads " + VERSION);
      }
      return version;
    }

    private void write(byte kind, byte[] body) throws IOException {
      CRC32C crc = new CRC32C();
      crc.update(kind);
      crc.update(body);
      ByteBuffer bytes = ByteBuffer.allocate(SECTION_HEADER + body.length);
      bytes.put(kind).putInt(body.length).putInt((int) crc.getValue()).put(body).flip();
      file.write(bytes, position);
      position += SECTION_HEADER + body.length;
    }

    Section read(Path name) throws IOException {
      ByteBuffer header = fill(SECTION_HEADER, name);
      byte kind = header.get();
      int length = header.getInt();
      int expected = header.getInt();
      if (length < 0 || length > SECTION_BYTES_MAX) {
        throw new Damaged(name, "a section of " + length + " bytes at " + position);
      }
      byte[] body = fill(length, name).array();
      CRC32C crc = new CRC32C();
      crc.update(kind);
      crc.update(body);
      if ((int) crc.getValue() != expected) {
        throw new Damaged(name, "a wrong checksum before " + position);
      }
      return new Section(kind, ByteBuffer.wrap(body));
    }

    private ByteBuffer fill(int bytes, Path name) throws IOException {
      ByteBuffer target = ByteBuffer.allocate(bytes);
      while (target.hasRemaining()) {
        int count = file.read(target, position + target.position());
        if (count < 0) {
          throw new Damaged(name, "it ends at " + (position + target.position()));
        }
      }
      position += bytes;
      return target.flip();
    }
  }
}
