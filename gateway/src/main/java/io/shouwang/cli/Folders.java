package io.shouwang.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where configuration and state are. */
final class Folders {
  @Option(
      names = "--config",
      paramLabel = "DIR",
      defaultValue = "config",
      description = "configuration (default: ${DEFAULT-VALUE})")
  Path config = Path.of("config");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "state (default: ${DEFAULT-VALUE})")
  Path data = Path.of("data");
}
