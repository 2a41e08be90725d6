package io.shouwang.engine;

/**
 * Hears each record once it is on disk, in the journal's order: at a start those that recovery
 * replays, then each as it comes, on the thread that steps the engine. Must neither block nor
 * throw, and hold nothing that grows: presses wait meanwhile.
 */
@FunctionalInterface
public interface Follower {
  /** Nobody. */
  Follower NONE = (decided, happenedMillis) -> {};

  /**
   * Takes a record.
   *
   * @param happenedMillis when it happened in engine time, milliseconds of the epoch: of an event
   *     its device's own time where that can be believed, else when it was taken in
   */
  void synced(Decided decided, long happenedMillis);
}
