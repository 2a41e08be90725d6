package io.shouwang.config;

import io.shouwang.yaml.ConfigProblem;
import java.util.List;

/** What came of reading rules and ladders: all of them, or every mistake in them. */
public sealed interface PolicyReading {

  record Accepted(Policy policy) implements PolicyReading {}

  /** In the order of the files, then of the lines; never empty. */
  record Refused(List<ConfigProblem> problems) implements PolicyReading {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
