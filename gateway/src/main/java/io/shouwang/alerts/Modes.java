package io.shouwang.alerts;

import io.shouwang.model.Answer;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Input;
import io.shouwang.model.Mode;
import io.shouwang.model.Synthetic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Modes of a home and its devices: their beginning, their end, and what they mark. */
final class Modes {
  /** Who raises something in test mode rings nobody else: the duty desk alone. */
  static final Ladder TEST_LADDER = new Ladder("test", List.of());

  private Modes() {}

  static Answer change(Draft draft, Input.ModeChanged said) {
    Instant now = draft.now();
    Mode current = null;
    for (Mode mode : draft.home().modes()) {
      if (mode.is(said.kind(), said.device()) && mode.holdsAt(now)) {
        current = mode;
      }
    }
    Instant until = said.until();
    if (until != null && until.isAfter(now)) {
      Instant latest = now.plus(said.kind().longest());
      Instant end = until.isBefore(latest) ? until : latest;
      if (current != null && current.until().equals(end)) {
        return new Answer.Repeated();
      }
      Instant since = current == null ? now : current.since();
      draft.add(new Fact.ModeBegan(new Mode(said.kind(), said.device(), since, end, said.by())));
    } else if (current == null) {
      return new Answer.Repeated();
    } else {
      draft.add(new Fact.ModeEnded(said.kind(), said.device()));
    }
    Conditions.settle(draft, draft.look(draft.home().senses(), null));
    return new Answer.Taken();
  }

  /** Those whose time has come are over. */
  static void expire(Draft draft) {
    for (Mode mode : draft.home().modes()) {
      if (mode.endedAt() == null && !mode.until().isAfter(draft.now())) {
        draft.add(new Fact.ModeEnded(mode.kind(), mode.device()));
      }
    }
  }

  /** Whether what this device says is part of an exercise. */
  static boolean isExercise(Draft draft, DeviceId device) {
    return draft.home().id().equals(Synthetic.HOME)
        || holds(draft, Mode.Kind.TEST, device)
        || holds(draft, Mode.Kind.DRILL, null);
  }

  static boolean holds(Draft draft, Mode.Kind kind, @Nullable DeviceId device) {
    return Mode.holds(draft.home().modes(), kind, device, draft.now());
  }

  /**
   * How an alert is marked that begins now.
   *
   * @param device that raised it, or which a rule's finding is about; null if none did
   * @param byEvent the device said so itself: only that can be an exercise. What a rule finds is
   *     true in a drill, too
   */
  static Marks marks(Draft draft, @Nullable DeviceId device, boolean byEvent) {
    if (draft.home().id().equals(Synthetic.HOME)) {
      return new Marks(List.of(), true, true);
    }
    if (draft.home().modes().isEmpty()) {
      return Marks.NONE;
    }
    List<Mode.Kind> modes = new ArrayList<>();
    for (Mode.Kind kind : Mode.Kind.values()) {
      boolean ofDevice = device != null && holds(draft, kind, device);
      if (ofDevice || holds(draft, kind, null)) {
        modes.add(kind);
      }
    }
    return new Marks(modes, byEvent && device != null && isExercise(draft, device), false);
  }
}
