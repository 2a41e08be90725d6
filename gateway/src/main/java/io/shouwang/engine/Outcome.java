package io.shouwang.engine;

import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.model.Answer;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import io.shouwang.senses.Heard;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an input whose record is written.
 *
 * @param input what is on record: itself, or the trouble that stands for what can't be written
 * @param after the home as it is then; null if nothing changed
 * @param lookAt when the home wants to be looked at
 * @param failed it could not be decided as it should
 */
record Outcome(
    Input input,
    @Nullable Home after,
    @Nullable Heard heard,
    List<Fact> facts,
    Answer answer,
    @Nullable Instant lookAt,
    boolean failed) {

  Outcome asFailed() {
    return new Outcome(input, after, heard, facts, answer, null, true);
  }

  /** The same, for whoever sent what this stands for. */
  Outcome asRefused() {
    Answer refused =
        new Answer.Refused(Answer.Reason.UNDECIDED, "it can't be kept; the duty desk was rung");
    return new Outcome(input, after, heard, facts, refused, lookAt, true);
  }

  /** Writes a decision's record. */
  static Outcome written(ByteBuffer body, Stamp stamp, Input input, Decision decision) {
    try {
      boolean changed = !decision.facts().isEmpty() || decision.heard() != null;
      BatchCodec.write(
          body,
          stamp,
          input,
          changed ? decision.home().id() : null,
          decision.heard(),
          decision.facts());
    } catch (BufferOverflowException e) {
      throw new IllegalStateException("more facts than a batch can hold", e);
    }
    boolean same = decision.facts().isEmpty() && decision.heard() == null;
    return new Outcome(
        input,
        same ? null : decision.home(),
        decision.heard(),
        decision.facts(),
        decision.answer(),
        decision.lookAt(),
        false);
  }
}
