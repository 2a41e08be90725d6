package io.shouwang.registry;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import io.shouwang.model.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Secrets on disk, for the owner's eyes alone: {@code secrets.csv} with what the gateway keeps of
 * them, and a file for each import with those made then, in clear, once. A file of clear secrets
 * gets its name only when what is kept of them is durable; an import that was interrupted in
 * between is finished, or undone, by {@link #repair}. One importer at a time.
 */
final class SecretFiles {
  static final String KEPT = "secrets.csv";

  /** Single secrets made since, a line each, of which the last one of an id holds. */
  static final String LATER = "secrets-later.csv";

  private static final long LATER_BYTES_MAX = 1 << 20;
  private static final String KEPT_HEADER = "id,salt,hmac";
  private static final String CLEAR_HEADER = "id,secret";
  private static final String PENDING = ".pending";
  private static final int SECRET_BYTES = 24;

  private final Disk disk;
  private final Path directory;
  private final SecureRandom random;

  SecretFiles(Disk disk, Path directory, SecureRandom random) {
    this.disk = disk;
    this.directory = directory;
    this.random = random;
  }

  /** Everybody's secrets as kept; none before the first import. */
  Secrets load() throws IOException {
    Secrets secrets = new Secrets();
    byte[] bytes;
    Path path = directory.resolve(KEPT);
    try {
      bytes = DurableFile.read(disk, path);
    } catch (NoSuchFileException none) {
      return secrets;
    }
    Lines lines = new Lines(bytes);
    if (!KEPT_HEADER.equals(lines.next())) {
      throw new IOException(path + " does not begin with " + KEPT_HEADER + "; restore a backup");
    }
    int number = 1;
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      number++;
      if (!addKept(secrets, line)) {
        throw new IOException(path + ":" + number + " is damaged; restore a backup");
      }
    }
    if (!lines.atEnd()) {
      throw new IOException(path + ":" + (number + 1) + " is damaged; restore a backup");
    }
    return withLater(secrets);
  }

  private Secrets withLater(Secrets secrets) throws IOException {
    Path path = directory.resolve(LATER);
    byte[] bytes;
    try {
      bytes = DurableFile.read(disk, path);
    } catch (NoSuchFileException none) {
      return secrets;
    }
    Lines lines = new Lines(Arrays.copyOf(bytes, wholeLines(bytes)));
    int number = 0;
    while (!lines.atEnd()) {
      number++;
      if (!put(secrets, lines.next())) {
        throw new IOException(path + ":" + number + " is damaged; restore a backup");
      }
    }
    return secrets;
  }

  /** A last line without its end was never acknowledged. */
  private static int wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** A secret in clear, shown once, and what is kept of it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Fresh(String secret, byte[] salt, byte[] hmac) {}

  /**
   * Makes a new secret for one login, in place of the one it may have; durable on return, and said
   * to nobody else.
   */
  Fresh replace(Registry registry, String id) throws IOException {
    byte[] salt = randomBytes(Secrets.SALT_BYTES);
    String secret = newSecret(registry, id);
    byte[] hmac = Secrets.hmac(salt, secret);
    Path path = directory.resolve(LATER);
    if (!disk.exists(path)) {
      DurableFile.replace(disk, path, out -> {});
    }
    try (DiskFile file = disk.open(path)) {
      if (file.size() > LATER_BYTES_MAX) {
        foldLater();
        return replace(registry, id);
      }
      byte[] before = DurableFile.read(disk, path);
      int end = wholeLines(before);
      file.truncate(end);
      file.write(
          ByteBuffer.wrap((kept(id, salt, hmac) + "\n").getBytes(StandardCharsets.UTF_8)), end);
      file.sync();
    }
    return new Fresh(secret, salt, hmac);
  }

  private void foldLater() throws IOException {
    Secrets secrets = load();
    DurableFile.replace(disk, directory.resolve(KEPT), out -> writeKept(secrets, out));
    dropLater();
  }

  /** Once all of it stands in what is kept: whether it is there or not then says the same. */
  private void dropLater() throws IOException {
    Path path = directory.resolve(LATER);
    if (disk.exists(path)) {
      disk.delete(path);
      disk.syncDirectory(directory);
    }
  }

  private static boolean addKept(Secrets secrets, String line) {
    Kept kept = Kept.of(line);
    return kept != null && secrets.add(kept.id(), kept.salt(), kept.hmac());
  }

  private static boolean put(Secrets secrets, String line) {
    Kept kept = Kept.of(line);
    if (kept != null) {
      secrets.put(kept.id(), kept.salt(), kept.hmac());
    }
    return kept != null;
  }

  /** One line of what is kept. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kept(String id, byte[] salt, byte[] hmac) {
    static @Nullable Kept of(String line) {
      String[] fields = line.split(",", -1);
      if (fields.length != 3 || !Identity.isValid(fields[0])) {
        return null;
      }
      try {
        byte[] salt = Base64.getUrlDecoder().decode(fields[1]);
        byte[] hmac = Base64.getUrlDecoder().decode(fields[2]);
        boolean isWhole = salt.length == Secrets.SALT_BYTES && hmac.length == Secrets.HMAC_BYTES;
        return isWhole ? new Kept(fields[0], salt, hmac) : null;
      } catch (IllegalArgumentException notBase64) {
        return null;
      }
    }
  }

  private static String kept(String id, byte[] salt, byte[] hmac) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return id + "," + encoder.encodeToString(salt) + "," + encoder.encodeToString(hmac);
  }

  /** The file with the clear secrets of one import. */
  record Issued(Path file, int secrets) {}

  /**
   * Makes a secret for each login of the registry that has none; durable on return.
   *
   * @param clearName the name for the file of clear secrets, without {@code .csv}; a number is
   *     added if it is taken
   * @return empty if everybody has one
   */
  Optional<Issued> issue(Registry registry, String clearName) throws IOException {
    Secrets secrets = load();
    List<String> needing = new ArrayList<>();
    registry.eachLogin(id -> {
      if (!secrets.has(id)) {
        needing.add(id);
      }
    });
    if (needing.isEmpty()) {
      return Optional.empty();
    }
    Path clear = free(clearName);
    Path pending = clear.resolveSibling(clear.getFileName() + PENDING);
    DurableFile.write(
        disk,
        pending,
        out -> {
          line(out, CLEAR_HEADER);
          for (String id : needing) {
            byte[] salt = randomBytes(Secrets.SALT_BYTES);
            String secret = newSecret(registry, id);
            secrets.add(id, salt, Secrets.hmac(salt, secret));
            line(out, id + "," + secret);
          }
        });
    disk.syncDirectory(directory);
    DurableFile.replace(disk, directory.resolve(KEPT), out -> writeKept(secrets, out));
    dropLater();
    disk.rename(pending, clear);
    disk.syncDirectory(directory);
    return Optional.of(new Issued(clear, needing.size()));
  }

  /** An operator's is a whole Bearer token, which names its owner. */
  private String newSecret(Registry registry, String id) {
    String secret =
        Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(SECRET_BYTES));
    return registry.operator(id) == null ? secret : id + "." + secret;
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private Path free(String clearName) throws IOException {
    Path path = directory.resolve(clearName + ".csv");
    for (int number = 2; disk.exists(path); number++) {
      path = directory.resolve(clearName + "-" + number + ".csv");
    }
    return path;
  }

  private static void writeKept(Secrets secrets, OutputStream out) throws IOException {
    line(out, KEPT_HEADER);
    for (int row = 0; row < secrets.size(); row++) {
      line(out, kept(secrets.id(row), secrets.salt(row), secrets.hmac(row)));
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Finishes an interrupted import's clear secrets if they are kept, and removes them if not. */
  void repair() throws IOException {
    List<String> names = disk.list(directory);
    if (names.stream().noneMatch(name -> name.endsWith(PENDING))) {
      return;
    }
    Secrets secrets = load();
    for (String name : names) {
      if (name.endsWith(PENDING)) {
        Path pending = directory.resolve(name);
        if (areKept(secrets, DurableFile.read(disk, pending))) {
          String clear = name.substring(0, name.length() - PENDING.length());
          disk.rename(pending, directory.resolve(clear));
        } else {
          disk.delete(pending);
        }
      }
    }
    disk.syncDirectory(directory);
  }

  /** All or none are: what is kept is replaced in one step, after the pending file was synced. */
  private static boolean areKept(Secrets secrets, byte[] clear) {
    Lines lines = new Lines(clear);
    if (!CLEAR_HEADER.equals(lines.next())) {
      return false;
    }
    String[] first = lines.next().split(",", -1);
    return first.length == 2 && secrets.match(first[0], first[1].getBytes(StandardCharsets.UTF_8));
  }

  /** The lines of a file, one after the other; empty ones at its end. */
  private static final class Lines {
    private final byte[] bytes;
    private int at;

    Lines(byte[] bytes) {
      this.bytes = bytes;
    }

    String next() {
      int begin = at;
      while (at < bytes.length && bytes[at] != '\n') {
        at++;
      }
      int end = at;
      at = Math.min(at + 1, bytes.length);
      return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }

    boolean atEnd() {
      return at >= bytes.length;
    }
  }
}
