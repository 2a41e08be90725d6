package io.shouwang.config;

import io.shouwang.yaml.ConfigProblem;
import java.util.List;

/** What came of reading a configuration: all of it, or every mistake in it. */
public sealed interface ConfigReading {

  record Accepted(Settings settings) implements ConfigReading {}

  /** In the order of the files, then of the lines; never empty. */
  record Refused(List<ConfigProblem> problems) implements ConfigReading {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
