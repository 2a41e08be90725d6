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
import java.time.ZoneId;
import java.util.Map;

/**
 * The rules and ladders of each time, by hash, so that a journal can be decided again as it was
 * (P7). Kept before the journal names them.
 */
public final class SettingsFolder {
  private static final String LADDERS = "ladders.yaml";
  private static final String RULES = "rules.yaml";
  private static final String ZONE = "time_zone";

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

  /**
   * The policy of a hash that the journal names.
   *
   * @throws IOException if it isn't kept here whole, or this program can't read it any more
   */
  public Policy load(String hash) throws IOException {
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
    return switch (ConfigReader.read(files)) {
      case PolicyReading.Accepted accepted -> accepted.policy();
      case PolicyReading.Refused refused ->
          throw new IOException(
              kept + " held once and is refused by this version: " + refused.problems().getFirst());
    };
  }
}
