package io.shouwang.engine;

import io.shouwang.alerts.Effect;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.journal.BatchBuffer;
import io.shouwang.journal.Importance;
import io.shouwang.model.Answer;
import io.shouwang.model.HomeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been decided and is not yet on disk: the bytes, and all that waits for the receipt. */
final class Batch {
  /** An input whose sender waits. */
  record Waiting(
      Acknowledgement acknowledgement,
      long number,
      Answer answer,
      boolean alarm,
      long receivedNanos,
      long offeredNanos,
      long decidedNanos) {}

  /** What was decided of a home in which an alert began. */
  record Raised(HomeId home, List<Fact> facts) {}

  final BatchBuffer buffer;
  final List<Waiting> waiting = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();

  final List<Raised> raised = new ArrayList<>();

  /** Each home touched, as the outside last saw it. */
  final Map<HomeId, Home> before = new LinkedHashMap<>();

  Importance importance = Importance.TELEMETRY;
  int inputs;

  Batch(BatchBuffer buffer) {
    this.buffer = buffer;
  }

  boolean isEmpty() {
    return inputs == 0;
  }

  void clear() {
    waiting.clear();
    effects.clear();
    before.clear();
    raised.clear();
    importance = Importance.TELEMETRY;
    inputs = 0;
  }
}
