package io.shouwang.cli;

import io.shouwang.config.ConfigReader;
import io.shouwang.config.Policy;
import io.shouwang.config.PolicyFiles;
import io.shouwang.config.PolicyReading;
import io.shouwang.yaml.ConfigProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules and ladders from files that lie anywhere. */
final class RuleFiles {
  /** Enough for a replay in which nobody is rung. */
  private static final String NO_LADDERS =
      """
      ladders:
        emergency:
          for: [sos, fall, smoke, gas]
          rungs:
            - after: 0s
              roles: [duty_desk]
        other:
          rungs:
            - after: 0s
              roles: [duty_desk]
      """;

  private RuleFiles() {}

  /**
   * Reads them; if something is wrong with them, says all of it.
   *
   * @param rules null for the standard ones
   * @param ladders null for those given as text
   * @param laddersText null for none in particular
   */
  static Optional<Policy> read(
      @Nullable Path rules,
      @Nullable Path ladders,
      @Nullable String laddersText,
      ZoneId zone,
      PrintWriter err)
      throws IOException {
    String rulesText = rules == null ? "" : text(rules);
    String climbed =
        ladders != null ? text(ladders) : laddersText == null ? NO_LADDERS : laddersText;
    return switch (ConfigReader.read(new PolicyFiles(climbed, rulesText, zone))) {
      case PolicyReading.Accepted accepted -> Optional.of(accepted.policy());
      case PolicyReading.Refused refused -> {
        for (ConfigProblem problem : refused.problems()) {
          Path file = problem.file().startsWith("ladders") ? ladders : rules;
          String place = file == null ? problem.file() : file.toString();
          err.println(
              new ConfigProblem(
                  place, problem.line(), problem.column(), problem.what(), problem.remedy()));
        }
        err.println(refused.problems().size() + " mistakes; nothing was replayed");
        yield Optional.empty();
      }
    };
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException wrongCoding) {
      throw new IOException(file + " is not UTF-8; save it as UTF-8", wrongCoding);
    }
  }
}
