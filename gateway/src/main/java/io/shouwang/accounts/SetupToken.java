package io.shouwang.accounts;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The one-time token that makes an administrator: a file of the state directory, readable by the
 * gateway's user alone. Whoever can read it could change the database too; there is no default
 * account. Made at the first start, or by a command.
 */
public final class SetupToken {
  public static final String NAME = "setup-token";
  private static final int TOKEN_BYTES = 32;
  private static final int FILE_BYTES_MAX = 256;

  private final Disk disk;
  private final Path data;
  private final SecureRandom random;

  public SetupToken(Disk disk, Path data, SecureRandom random) {
    this.disk = disk;
    this.data = data;
    this.random = random;
  }

  public Path path() {
    return data.resolve(NAME);
  }

  /** Whether there is one. */
  public boolean exists() throws IOException {
    return disk.exists(path());
  }

  /** Makes one in place of any before; durable at return. */
  public void make() throws IOException {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (disk.exists(path())) {
      disk.delete(path());
    }
    try (DiskFile file = disk.create(path())) {
      file.write(ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
      file.sync();
    }
    disk.syncDirectory(data);
  }

  /** Whether this is the token; in constant time. */
  boolean matches(String token) throws IOException {
    if (!disk.exists(path())) {
      return false;
    }
    ByteBuffer bytes;
    try (DiskFile file = disk.openReadOnly(path())) {
      bytes = ByteBuffer.allocate((int) Math.min(file.size(), FILE_BYTES_MAX));
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
        // until it is full
      }
    }
    byte[] expected =
        new String(bytes.array(), StandardCharsets.US_ASCII)
            .strip()
            .getBytes(StandardCharsets.US_ASCII);
    return expected.length > 0
        && MessageDigest.isEqual(
            Digest.sha256().digest(expected),
            Digest.sha256().digest(token.getBytes(StandardCharsets.UTF_8)));
  }

  /** It was used. */
  void delete() throws IOException {
    disk.delete(path());
    disk.syncDirectory(data);
  }
}
