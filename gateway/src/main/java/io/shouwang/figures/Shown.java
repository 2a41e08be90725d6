package io.shouwang.figures;

import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an alert asked of the room: ids and times, no names. Immutable.
 *
 * @param area where its home lay when it was raised; null for one that lies nowhere
 * @param device that raised it; null for one that a person or the gateway raised
 * @param type of the device, {@code model} its make and model; empty when not said
 * @param exercise it stays out of every figure of what was real
 * @param deskAt when the duty desk was rung first; null if it never was
 * @param answeredAt when somebody took it first, or spoke with the elder
 * @param closedAt null while it is open
 * @param disposition how it ended; empty while it is open
 * @param signals events it rests on, as far as they were counted
 * @param chatters how often its device spoke three times within a minute
 */
public record Shown(
    AlertId alert,
    HomeId home,
    @Nullable AreaId area,
    @Nullable DeviceId device,
    String type,
    String model,
    Kind kind,
    Severity severity,
    boolean exercise,
    Instant raisedAt,
    @Nullable Instant deskAt,
    @Nullable Instant answeredAt,
    @Nullable Instant closedAt,
    String disposition,
    int signals,
    int chatters) {

  /** Whether it was open at a moment. */
  public boolean isOpenAt(Instant moment) {
    return !raisedAt.isAfter(moment) && (closedAt == null || closedAt.isAfter(moment));
  }

  Shown withDesk(Instant at) {
    return deskAt != null ? this : with(at, answeredAt, closedAt, disposition, signals, chatters);
  }

  Shown answered(Instant at) {
    return answeredAt != null ? this : with(deskAt, at, closedAt, disposition, signals, chatters);
  }

  Shown closed(@Nullable Instant at, String how) {
    return with(deskAt, answeredAt, at, how, signals, chatters);
  }

  Shown signalled(boolean chatter) {
    int more = chatter ? chatters + 1 : chatters;
    return with(deskAt, answeredAt, closedAt, disposition, signals + 1, more);
  }

  private Shown with(
      @Nullable Instant desk,
      @Nullable Instant answered,
      @Nullable Instant closed,
      String how,
      int signalled,
      int chattered) {
    return new Shown(
        alert, home, area, device, type, model, kind, severity, exercise, raisedAt, desk, answered,
        closed, how, signalled, chattered);
  }
}
