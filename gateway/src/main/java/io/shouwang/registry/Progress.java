package io.shouwang.registry;

/** Hears how far an import is. Called by the importing thread; must not block. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (_, _, _, _) -> {};

  /** What an import does, in this order. */
  enum Stage {
    READING,
    BUILDING,
    SECRETS
  }

  /**
   * It has come so far.
   *
   * @param file that is being read; empty in other stages
   * @param rows of the file that have been read
   * @param of about how many it has; 0 when not known
   */
  void at(Stage stage, String file, long rows, long of);
}
