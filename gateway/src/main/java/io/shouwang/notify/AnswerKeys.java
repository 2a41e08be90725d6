package io.shouwang.notify;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The keys that one-tap links are signed with: {@code answer-keys}, hex, one a line, readable by
 * the gateway alone. The first signs; an operator who puts a new one above it keeps old links good.
 */
public final class AnswerKeys {
  private static final String FILE = "answer-keys";
  private static final int FILE_BYTES_MAX = 4 * 1024;

  private AnswerKeys() {}

  /**
   * The keys of a state directory; made at the first start.
   *
   * @throws IOException if they can't be read or made; the message says what to do
   */
  public static List<byte[]> of(Disk disk, Path data, RandomGenerator random) throws IOException {
    Path path = data.resolve(FILE);
    if (disk.exists(path)) {
      List<byte[]> keys = read(disk, path);
      if (!keys.isEmpty()) {
        return keys;
      }
      disk.delete(path); // a start broke off before anything was signed with it
    }
    byte[] key = new byte[AnswerLinks.KEY_BYTES];
    random.nextBytes(key);
    String line = HexFormat.of().formatHex(key) + "\n";
    try (DiskFile file = disk.create(path)) {
      file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
      file.sync();
    }
    disk.syncDirectory(data);
    return List.of(key);
  }

  private static List<byte[]> read(Disk disk, Path path) throws IOException {
    byte[] bytes;
    try (DiskFile file = disk.openReadOnly(path)) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(file.size(), FILE_BYTES_MAX));
      while (buffer.hasRemaining() && file.read(buffer, buffer.position()) >= 0) {
        // until it is full
      }
      bytes = buffer.array();
    }
    List<byte[]> keys = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.US_ASCII).lines().toList()) {
      if (line.isBlank()) {
        continue;
      }
      if (!line.strip().matches("[0-9a-fA-F]{" + 2 * AnswerLinks.KEY_BYTES + "}")) {
        throw new IOException(
            path + " holds a line that is no key; remove it, or the file, and start again");
      }
      keys.add(HexFormat.of().parseHex(line.strip()));
    }
    return keys;
  }
}
