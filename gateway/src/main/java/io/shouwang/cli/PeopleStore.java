package io.shouwang.cli;

import io.shouwang.accounts.Store;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Where people's accounts are, by the configuration; without one, in the state directory. */
final class PeopleStore {
  private PeopleStore() {}

  /**
   * Reads it.
   *
   * @throws IOException when the configuration has mistakes; the message has them all
   */
  static Store of(Path config) throws IOException {
    if (!Files.exists(config.resolve("gateway.yaml"))) {
      return Store.STANDARD;
    }
    return switch (ConfigReader.read(config, System.getenv())) {
      case ConfigReading.Accepted accepted -> accepted.settings().gateway().accounts();
      case ConfigReading.Refused refused ->
          throw new IOException(
              refused.problems().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(System.lineSeparator())));
    };
  }
}
