package io.shouwang;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.Policy;
import io.shouwang.config.PolicyFiles;
import io.shouwang.config.PolicyReading;
import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules and ladders of each time, by hash, so that a journal can be decided again as it was
 * (P7). Kept before the journal names them.
 */
public final class SettingsFolder {
  private static final String LADDERS = "ladders.yaml";
  private static final String RULES = "rules.yaml";
  private static final String ZONE = "time_zone";
  private static final String IN_FORCE = "in_force";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Logger LOG = LoggerFactory.getLogger(SettingsFolder.class);
  private static final int SHOWN_MAX = 100;

  private final Disk disk;
  private final Path directory;

  /** Of a state directory. */
  public SettingsFolder(Disk disk, Path data) {
    this.disk = disk;
    this.directory = data.resolve("settings");
  }

  /** Keeps what a policy was read from; nothing if it is kept already. Durable on return. */
  void keep(Policy policy) throws IOException {
    Path kept = directory.resolve(policy.hash());
    disk.makeDirectory(kept);
    PolicyFiles files = policy.files();
    Map<String, String> texts =
        Map.of(LADDERS, files.ladders(), RULES, files.rules(), ZONE, files.zone().getId());
    for (Map.Entry<String, String> text : texts.entrySet()) {
      keep(kept, text.getKey(), text.getValue());
    }
    disk.syncDirectory(kept);
  }

  private void keep(Path kept, String name, String text) throws IOException {
    Path target = kept.resolve(name);
    if (disk.exists(target)) {
      return;
    }
    Path unfinished = kept.resolve(name + ".unfinished");
    if (disk.exists(unfinished)) {
      disk.delete(unfinished);
    }
    try (DiskFile out = disk.create(unfinished)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      out.sync();
    }
    disk.rename(unfinished, target);
  }

  /** The texts of a hash, to the byte. */
  PolicyFiles files(String hash) throws IOException {
    Path kept = directory.resolve(hash);
    PolicyFiles files;
    try {
      files =
          new PolicyFiles(
              Files.readString(kept.resolve(LADDERS)),
              Files.readString(kept.resolve(RULES)),
              ZoneId.of(Files.readString(kept.resolve(ZONE)).strip()));
    } catch (NoSuchFileException missing) {
      throw new IOException(
          "the rules " + hash + " aren't kept in " + directory + ": " + missing.getMessage(),
          missing);
    } catch (DateTimeException unknown) {
      throw new IOException(kept.resolve(ZONE) + ": " + unknown.getMessage(), unknown);
    }
    if (!files.hash().equals(hash)) {
      throw new IOException(kept + " was changed: it isn't what its name says any more");
    }
    return files;
  }

  /** Notes what holds from now on; nothing if it is noted already. Durable on return. */
  void takesForce(String hash) throws IOException {
    Path noted = directory.resolve(IN_FORCE);
    if (disk.exists(noted) && Files.readString(noted).strip().equals(hash)) {
      return;
    }
    Path unfinished = directory.resolve(IN_FORCE + ".unfinished");
    if (disk.exists(unfinished)) {
      disk.delete(unfinished);
    }
    try (DiskFile out = disk.create(unfinished)) {
      out.write(ByteBuffer.wrap((hash + "\n").getBytes(StandardCharsets.UTF_8)), 0);
      out.sync();
    }
    disk.rename(unfinished, noted);
    disk.syncDirectory(directory);
  }

  /** Since when that holds which does; empty if it isn't noted. */
  Optional<Instant> since() {
    try {
      return Optional.of(Files.getLastModifiedTime(directory.resolve(IN_FORCE)).toInstant());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  /** What is kept, and since when. */
  record Kept(String hash, Instant keptAt) {}

  /** The latest first; at most {@link #SHOWN_MAX}. */
  List<Kept> all() {
    List<Kept> all = new ArrayList<>();
    try {
      for (String name : disk.list(directory)) {
        Path zone = directory.resolve(name).resolve(ZONE);
        if (HASH.matcher(name).matches() && Files.exists(zone)) {
          all.add(new Kept(name, Files.getLastModifiedTime(zone).toInstant()));
        }
      }
    } catch (IOException unreadable) {
      LOG.warn("what rules held once can't be listed: {}", unreadable.getMessage());
    }
    all.sort(Comparator.comparing(Kept::keptAt).reversed().thenComparing(Kept::hash));
    return all.subList(0, Math.min(SHOWN_MAX, all.size()));
  }

  /**
   * The policy of a hash that the journal names.
   *
   * @throws IOException if it isn't kept here whole, or this program can't read it any more
   */
  public Policy load(String hash) throws IOException {
    Path kept = directory.resolve(hash);
    PolicyFiles files = files(hash);
    return switch (ConfigReader.read(files)) {
      case PolicyReading.Accepted accepted -> accepted.policy();
      case PolicyReading.Refused refused ->
          throw new IOException(
              kept + " held once and is refused by this version: " + refused.problems().getFirst());
    };
  }
}
