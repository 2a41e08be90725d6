package io.shouwang.engine;

import io.shouwang.alerts.Fact;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Input;
import io.shouwang.model.Synthetic;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What of a batch is kept for years: whatever led to a fact or could have, such as alarms, replies
 * and activations. Telemetry that decided nothing, sessions and the passing of time go.
 */
final class Distilling {
  private Distilling() {}

  /** Whether a record belongs to the archive. */
  static boolean isKept(Decided decided) {
    if (isSynthetic(decided)) {
      return false;
    }
    return switch (decided.input()) {
      case Input.EventReceived received ->
          received.event().kind().isAlarmKind() || received.event().isAlarm() || alerts(decided);
      case Input.DeliveryReported _, Input.TimePassed _, Input.AlertForwarded _ ->
          !decided.facts().isEmpty();
      case Input.SessionKept _, Input.SessionDropped _ -> false;
      case Input.ReplyReceived _,
          Input.CallReceived _,
          Input.CallReported _,
          Input.ExerciseOrdered _,
          Input.AlertReopened _,
          Input.AlertsMerged _,
          Input.LadderHurried _,
          Input.HandoverAsked _,
          Input.ContactRecorded _,
          Input.ModeChanged _,
          Input.Started _,
          Input.RegistryActivated _,
          Input.SettingsActivated _,
          Input.IncidentNoticed _,
          Input.FoundByAudit _,
          Input.CountyHeard _,
          Input.TroubleNoticed _ ->
          true;
    };
  }

  /** One a minute, for years: its metric says all there is to say. */
  private static boolean isSynthetic(Decided decided) {
    return Synthetic.HOME.equals(decided.home())
        || (decided.input() instanceof Input.EventReceived(DeviceEvent event)
            && Synthetic.isPress(event));
  }

  private static boolean alerts(Decided decided) {
    return decided.facts().stream().anyMatch(fact -> !(fact instanceof Fact.FixKnown));
  }

  /**
   * The batch without what is not kept; null if nothing is. What is kept keeps its bytes: written
   * anew, what an earlier version wrote would be longer by what it left unsaid.
   */
  static @Nullable ByteBuffer distil(ByteBuffer body) {
    return BatchCodec.only(body, Distilling::isKept);
  }
}
