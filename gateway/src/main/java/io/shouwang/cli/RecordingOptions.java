package io.shouwang.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a recording's backtest is told beside its rules. */
final class RecordingOptions {
  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "a recording: time,device,kind,value and perhaps received; - for standard input")
  @Nullable String csv;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description =
          "of a recording's times without offset, and of waking hours (default:"
              + " ${DEFAULT-VALUE})")
  String zone = "Asia/Shanghai";

  @Option(
      names = "--collapse",
      paramLabel = "N",
      defaultValue = "0",
      description = "at N moments of the recording a life stops: how long until that rings?")
  int collapses;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "draws those moments (default: 1)")
  long seed = 1;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "what really happened, as device-sim district writes it: measures the rules")
  @Nullable Path truth;

  @Option(
      names = "--report",
      paramLabel = "FILE.md",
      description = "where the measurement goes; its curves go to FILE.svg beside it")
  @Nullable Path report;

  @Option(
      names = "--measured-by",
      paramLabel = "COMMAND",
      description = "the command that the report is to name (default: this one)")
  @Nullable String measuredBy;

  @Option(
      names = "--bad-rows",
      paramLabel = "N",
      defaultValue = "10000",
      description = "so many rows may be unusable (default: ${DEFAULT-VALUE})")
  long badRows = 10_000;

  @Option(names = "--summary", description = "leave out the alerts one by one")
  boolean summary;

  boolean isAsked() {
    return csv != null;
  }

  boolean isPiped() {
    return "-".equals(csv);
  }

  Path file() {
    return Path.of(csv == null ? "" : csv);
  }

  ZoneId zone(CommandSpec spec) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), "--zone is the name of a time zone, like Asia/Shanghai", e);
    }
  }

  /** The folder with a registry that lies beside the recording; null if there is none. */
  @Nullable Path registryBeside() {
    if (isPiped()) {
      return null;
    }
    Path folder = file().toAbsolutePath().getParent();
    if (folder == null) {
      return null;
    }
    Path beside = folder.resolve("registry");
    if (Files.isDirectory(beside)) {
      return beside;
    }
    return Files.exists(folder.resolve("devices.csv")) ? folder : null;
  }
}
