package io.shouwang.figures;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What was counted, kept over a restart: a file that may be lost or thrown away, since counting
 * begins anew then and says so. Written beside its place and put there in one step. One thread.
 */
final class LoadFile {
  static final String NAME = "load.figures";
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 8;
  private static final int BYTES_MAX = 256 << 20;

  private final Disk disk;
  private final Path path;

  /**
   * What it holds.
   *
   * @param sequence the last batch of the journal that is counted
   */
  record Kept(long sequence, @Nullable Instant countedFrom, List<Shown> shown) {}

  LoadFile(Disk disk, Path data) {
    this.disk = disk;
    this.path = data.resolve(NAME);
  }

  void write(Kept kept) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 96 * kept.shown().size());
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(VERSION);
    out.writeLong(kept.sequence());
    time(out, kept.countedFrom());
    out.writeInt(kept.shown().size());
    for (Shown one : kept.shown()) {
      out.writeUTF(one.alert().value());
      out.writeUTF(one.home().value());
      out.writeUTF(one.area() == null ? "" : one.area().value());
      out.writeUTF(one.device() == null ? "" : one.device().value());
      out.writeUTF(one.type());
      out.writeUTF(one.model());
      out.writeUTF(one.kind().value());
      out.writeUTF(one.severity().name());
      out.writeBoolean(one.exercise());
      time(out, one.raisedAt());
      time(out, one.deskAt());
      time(out, one.answeredAt());
      time(out, one.closedAt());
      out.writeUTF(one.disposition());
      out.writeInt(one.signals());
      out.writeInt(one.chatters());
    }
    out.writeLong(checksum(bytes.toByteArray()));
    replace(bytes.toByteArray());
  }

  private void replace(byte[] bytes) throws IOException {
    Path unfinished = path.resolveSibling(NAME + ".tmp");
    if (disk.exists(unfinished)) {
      disk.delete(unfinished);
    }
    try (DiskFile file = disk.create(unfinished)) {
      file.write(ByteBuffer.wrap(bytes), 0);
      file.sync();
    }
    disk.rename(unfinished, path);
    Path folder = path.getParent();
    disk.syncDirectory(folder == null ? Path.of("") : folder);
  }

  /**
   * Reads it back; null when there is none.
   *
   * @throws IOException when it can't be read, or isn't whole
   */
  @Nullable Kept read() throws IOException {
    if (!disk.exists(path)) {
      return null;
    }
    byte[] bytes;
    try (DiskFile file = disk.openReadOnly(path)) {
      if (file.size() > BYTES_MAX || file.size() < CHECKSUM_BYTES) {
        throw new IOException(path + " has " + file.size() + " bytes, which can't be right");
      }
      ByteBuffer all = ByteBuffer.allocate((int) file.size());
      while (all.hasRemaining()) {
        if (file.read(all, all.position()) < 0) {
          throw new IOException(path + " became shorter while it was read");
        }
      }
      bytes = all.array();
    }
    int length = bytes.length - CHECKSUM_BYTES;
    if (ByteBuffer.wrap(bytes, length, CHECKSUM_BYTES).getLong()
        != checksum(Arrays.copyOf(bytes, length))) {
      throw new IOException(path + " is not whole: its checksum is wrong");
    }
    return parse(new DataInputStream(new ByteArrayInputStream(bytes, 0, length)));
  }

  private Kept parse(DataInputStream in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(path + " is of version " + version + ", which this program can't read");
    }
    long sequence = in.readLong();
    Instant countedFrom = time(in);
    int count = in.readInt();
    List<Shown> shown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AlertId alert = new AlertId(in.readUTF());
      HomeId home = new HomeId(in.readUTF());
      String area = in.readUTF();
      String device = in.readUTF();
      shown.add(
          new Shown(
              alert,
              home,
              area.isEmpty() ? null : new AreaId(area),
              device.isEmpty() ? null : new DeviceId(device),
              in.readUTF(),
              in.readUTF(),
              new Kind(in.readUTF()),
              Severity.valueOf(in.readUTF()),
              in.readBoolean(),
              required(time(in)),
              time(in),
              time(in),
              time(in),
              in.readUTF(),
              in.readInt(),
              in.readInt()));
    }
    return new Kept(sequence, countedFrom, shown);
  }

  private Instant required(@Nullable Instant at) throws IOException {
    if (at == null) {
      throw new IOException(path + " has an alert without a time");
    }
    return at;
  }

  private static void time(DataOutputStream out, @Nullable Instant at) throws IOException {
    out.writeLong(at == null ? Long.MIN_VALUE : at.toEpochMilli());
  }

  private static @Nullable Instant time(DataInputStream in) throws IOException {
    long millis = in.readLong();
    return millis == Long.MIN_VALUE ? null : Instant.ofEpochMilli(millis);
  }

  private static long checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
