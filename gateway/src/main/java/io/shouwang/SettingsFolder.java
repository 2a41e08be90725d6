package io.shouwang;

import io.shouwang.host.Disk;
import io.shouwang.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The rules and ladders of each time, by hash, so that a journal can be decided again as it was
 * (P7). Kept before the journal names them.
 */
final class SettingsFolder {
  private static final List<String> FILES = List.of("ladders.yaml", "rules.yaml");

  private final Disk disk;
  private final Path directory;

  SettingsFolder(Disk disk, Path data) {
    this.disk = disk;
    this.directory = data.resolve("settings");
  }

  /** Keeps the files of a configuration; nothing if they are kept already. Durable on return. */
  void keep(String hash, Path config) throws IOException {
    Path kept = directory.resolve(hash);
    disk.makeDirectory(kept);
    for (String file : FILES) {
      Path source = config.resolve(file);
      Path target = kept.resolve(file);
      if (disk.exists(target) || !Files.exists(source)) {
        continue;
      }
      Path unfinished = kept.resolve(file + ".unfinished");
      if (disk.exists(unfinished)) {
        disk.delete(unfinished);
      }
      try (DiskFile out = disk.create(unfinished)) {
        out.write(ByteBuffer.wrap(Files.readAllBytes(source)), 0);
        out.sync();
      }
      disk.rename(unfinished, target);
    }
    disk.syncDirectory(kept);
  }
}
