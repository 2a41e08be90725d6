package io.shouwang.intake;

import io.shouwang.journal.Receipt;
import io.shouwang.model.Answer;

/** What to do once an input is on disk: PUBACK, 202, or nothing. */
@FunctionalInterface
public interface Acknowledgement {
  /** For inputs whose sender awaits nothing. */
  Acknowledgement NONE = (receipt, number, answer) -> {};

  /**
   * Called once, on the journal's thread, after the sync; never if the input was not made durable.
   * Must neither block nor throw.
   *
   * @param number the input's number: rises by one with each input, over restarts
   */
  void synced(Receipt receipt, long number, Answer answer);
}
