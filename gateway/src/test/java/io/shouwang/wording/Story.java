package io.shouwang.wording;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Home;
import io.shouwang.intake.EventReader;
import io.shouwang.intake.ReplyReader;
import io.shouwang.model.AlertId;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens in one home, through the real core, on the tests' own time. */
final class Story {
  final District district = new District();
  private Home home;
  private long number;

  Story(HomeId home) {
    this.home = Home.empty(home);
  }

  Story says(String time, String device, @Nullable String hub, String kind, String payload) {
    DeviceEvent event =
        EventReader.readOne(
            new DeviceId(device),
            hub == null ? null : new DeviceId(hub),
            new Kind(kind),
            null,
            payload.getBytes(StandardCharsets.UTF_8));
    return take(time, new Input.EventReceived(event));
  }

  Story says(String time, String device, String kind, String payload) {
    return says(time, device, null, kind, payload);
  }

  Story replies(String time, String responder, String payload) {
    ReplyReader.Result result =
        ReplyReader.read(payload.getBytes(StandardCharsets.UTF_8), alert().id());
    if (!(result instanceof ReplyReader.Result.Read(var reply))) {
      throw new AssertionError(result);
    }
    return take(time, new Input.ReplyReceived(reply, new ResponderId(responder), false, "mqtt"));
  }

  Story take(String time, Input input) {
    Decision decision =
        Core.decide(
            District.world(district), home, input, new Stamp(++number, Instant.parse(time)));
    home = decision.home();
    return this;
  }

  Story passes(String time) {
    return take(time, new Input.TimePassed(home.id()));
  }

  Alert alert() {
    return home.alerts().getLast();
  }

  AlertId id() {
    return alert().id();
  }

  AlertBook.Seen seen() {
    return new AlertBook.Seen(alert(), home.fixes());
  }
}
