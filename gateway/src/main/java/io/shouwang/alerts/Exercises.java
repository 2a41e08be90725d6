package io.shouwang.alerts;

import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.EventKey;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Mode;
import io.shouwang.model.Severity;
import java.util.List;

/**
 * Drills: the real ladder of a home, rung as an exercise. Only what the drill itself raises is one;
 * a press in the same home meanwhile is real, and never joins it.
 */
final class Exercises {
  private static final Marks MARKS = new Marks(List.of(Mode.Kind.DRILL), true, false);

  private Exercises() {}

  static AlertId alertOf(Input.ExerciseOrdered ordered) {
    return Derived.alertId(keyOf(ordered), ordered.kind().value(), 0);
  }

  private static EventKey keyOf(Input.ExerciseOrdered ordered) {
    return Derived.key("drill", ordered.drill(), ordered.home().value(), ordered.kind().value());
  }

  static Answer begin(Draft draft, Input.ExerciseOrdered ordered) {
    AlertId id = alertOf(ordered);
    EventKey key = keyOf(ordered);
    boolean seen = draft.home().seen().stream().anyMatch(event -> event.key().equals(key));
    if (seen || draft.home().alert(id).isPresent()) {
      return new Answer.Repeated();
    }
    DeviceId caller = new DeviceId(ordered.by().value());
    draft.add(new Fact.EventSeen(caller, key, 0, true, 0, Events.forgetBefore(draft)));
    Directory.Home card = draft.world.directory().home(draft.home().id());
    Subject subject =
        card != null && card.elders().size() == 1
            ? new Subject.OfElder(card.elders().getFirst())
            : new Subject.OfHome();
    Severity severity = isAlarm(ordered.kind()) ? Severity.CRITICAL : Severity.MAJOR;
    Events.begin(
        draft,
        id,
        ordered.kind(),
        severity,
        subject,
        MARKS,
        draft.ladder(ordered.kind(), severity));
    draft.add(
        new Fact.ExerciseBegan(
            id, ordered.drill(), ordered.by(), ordered.endsAt(), ordered.messagesMax()));
    Ringing.climb(draft, id);
    return new Answer.Taken();
  }

  private static boolean isAlarm(Kind kind) {
    return kind.isAlarmKind() || kind.equals(Kind.GAS);
  }
}
