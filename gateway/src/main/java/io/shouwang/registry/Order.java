package io.shouwang.registry;

import java.util.List;

/**
 * What somebody wants to be edited, all or nothing.
 *
 * @param by who, as the record of who did what names them
 */
public record Order(String by, List<Wanted> wanted) {
  public Order {
    wanted = List.copyOf(wanted);
  }

  /**
   * One entry.
   *
   * @param entry as it is to be; absent: it is to be taken away
   * @param version of the entry that they saw and want to change
   */
  public record Wanted(Entry entry, String version) {}

  /** What became of an order. */
  public sealed interface Outcome {

    /**
     * It is durable and holds.
     *
     * @param hash of the generation it came into force with
     * @param changes what it changed; none if all was so already
     */
    record Done(String hash, List<Change> changes) implements Outcome {
      public Done {
        changes = List.copyOf(changes);
      }
    }

    /** Nothing was changed: it makes no sense, or not with the rest. */
    record Refused(List<EntryProblem> problems) implements Outcome {
      public Refused {
        problems = List.copyOf(problems);
      }
    }

    /** Nothing was changed: somebody else edited the entry meanwhile. */
    record Outdated(Entry now) implements Outcome {}

    /** Nothing was changed: the disk failed, or an import never ended. */
    record Failed(String why) implements Outcome {}
  }
}
