package io.shouwang.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the registry's files come from. */
@FunctionalInterface
public interface RegistrySource {
  /** The files of a registry, in the order in which they are read and hashed. */
  List<String> FILES =
      List.of(
          "areas.csv",
          "homes.csv",
          "elders.csv",
          "devices.csv",
          "responders.csv",
          "contacts.csv",
          "operators.csv");

  /** Files that may be missing, read and hashed after the others where they are there. */
  List<String> OPTIONAL_FILES =
      List.of("fences.csv", "ways.csv", "schedules.csv", "exceptions.csv", "holidays.csv");

  int FILE_BYTES_MAX = 1 << 30;

  /** A file's content; null if there is no such file. Called once for each, in order. */
  byte @Nullable [] bytes(String file) throws IOException;

  /** The files of a directory of the operator's. */
  static RegistrySource directory(Path directory) {
    return file -> {
      Path path = directory.resolve(file);
      try {
        if (Files.size(path) > FILE_BYTES_MAX) {
          throw new IOException(file + " is larger than 1 GiB");
        }
        return Files.readAllBytes(path);
      } catch (NoSuchFileException missing) {
        return null;
      }
    };
  }
}
