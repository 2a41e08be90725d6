package io.shouwang.engine;

import io.shouwang.alerts.Effect;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.journal.BatchBuffer;
import io.shouwang.journal.Importance;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import io.shouwang.senses.DeviceSense;
import io.shouwang.senses.Heard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /** Each home that heard something, as it is after it. */
  final List<Home> heard = new ArrayList<>();

  /** Each record, for who follows them. */
  final List<Followed> followed = new ArrayList<>();

  /** A record, and when it happened. */
  record Followed(Decided decided, long happenedMillis) {}

  Importance importance = Importance.TELEMETRY;
  int inputs;

  Batch(BatchBuffer buffer) {
    this.buffer = buffer;
  }

  /**
   * Keeps a record for who follows.
   *
   * @param after its home as it is then; null if it changed none
   */
  void follow(
      Stamp stamp, Input input, @Nullable Home after, @Nullable Heard heard, List<Fact> facts) {
    HomeId home = after == null ? null : after.id();
    followed.add(
        new Followed(
            new Decided(stamp, input, home, heard, facts), happenedMillis(stamp, input, after)));
  }

  /** Has the follower hear of all, once it is on disk. */
  void tell(Follower follower) {
    for (int i = 0; i < followed.size(); i++) {
      Followed one = followed.get(i);
      follower.synced(one.decided(), one.happenedMillis());
    }
  }

  /** When it happened, in engine time. */
  static long happenedMillis(Stamp stamp, Input input, @Nullable Home after) {
    long now = stamp.now().toEpochMilli();
    if (after == null || !(input instanceof Input.EventReceived(DeviceEvent event))) {
      return now;
    }
    DeviceSense sense = after.senses().device(event.device());
    return sense == null ? now : sense.happenedAt(event, now);
  }

  boolean isEmpty() {
    return inputs == 0;
  }

  void clear() {
    waiting.clear();
    effects.clear();
    before.clear();
    heard.clear();
    raised.clear();
    followed.clear();
    importance = Importance.TELEMETRY;
    inputs = 0;
  }
}
