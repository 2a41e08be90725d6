package io.shouwang.registry;

import java.util.List;

/** What came of reading a registry: all of it, or what is wrong with it. */
public sealed interface RegistryReading {

  record Accepted(Registry registry) implements RegistryReading {}

  /**
   * Nothing was taken.
   *
   * @param problems the first thousand, in the order of the files and of their rows; cross-file
   *     ones last within each file
   * @param count of all problems
   */
  record Refused(List<RowProblem> problems, long count) implements RegistryReading {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
