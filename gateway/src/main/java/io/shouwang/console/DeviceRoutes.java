package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.intake.EventReader;
import io.shouwang.intake.Lane;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.ResponderId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way in for devices without MQTT. Whatever is wrong with a body, an alarm kind on a device's
 * own path rings (P3): a body that is too long or broke off is submitted first, refused after.
 */
final class DeviceRoutes {
  static final int BODY_BYTES_MAX = 64 * 1024;
  private static final String HUB = "hub";

  /** Where devices say things: nothing there is counted against anybody. */
  static final String EVENTS = "/api/v1/devices/{deviceId}/events/{kind}";

  /** What a device is told by, in the place of a kind; never something it says. */
  private static final String NO_KIND = "down";

  private final Supplier<Directory> directory;
  private final Submitter submitter;
  private final Body.Pace pace;

  DeviceRoutes(Supplier<Directory> directory, Submitter submitter, Body.Pace pace) {
    this.directory = directory;
    this.submitter = submitter;
    this.pace = pace;
  }

  List<Route> routes() {
    return List.of(Route.post(EVENTS, Set.of(Who.DEVICE), this::takeEvent));
  }

  /** Whose event it is, and who speaks for it. */
  private record Speaker(DeviceId device, @Nullable DeviceId hub) {}

  private void takeEvent(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfDevice(DeviceId self))) {
      throw Problem.forbidden();
    }
    String deviceName = context.pathParam("deviceId");
    String kindName = context.pathParam("kind");
    if (!Identity.isValid(kindName) || kindName.equals(NO_KIND)) {
      throw Problem.notFound("kind");
    }
    Kind kind = new Kind(kindName);
    Speaker speaker = speaker(self, deviceName, kind);
    Body body = Body.read(context, BODY_BYTES_MAX, pace);
    switch (body.end()) {
      case WHOLE -> {
        List<DeviceEvent> events =
            EventReader.read(speaker.device(), speaker.hub(), kind, null, body.bytes());
        answer(context, submit(events, kind));
      }
      case TOO_LONG -> {
        Problem problem = Problem.tooLarge(BODY_BYTES_MAX);
        throw rangFirst(problem, speaker, kind, body.bytes(), "longer than 64 KiB");
      }
      case BROKEN -> {
        Problem problem = Problem.badRequest("the body broke off or came too slowly");
        throw rangFirst(problem, speaker, kind, body.bytes(), "broke off");
      }
    }
  }

  /**
   * A device speaks for itself; a hub also for those under it, and for an unknown one's alarm. A
   * responder's name is no device's.
   */
  private Speaker speaker(DeviceId self, String deviceName, Kind kind) {
    if (deviceName.equals(self.value())) {
      return new Speaker(self, null);
    }
    if (Identity.isValid(deviceName)) {
      DeviceId device = new DeviceId(deviceName);
      Directory now = directory.get();
      Directory.Placement child = now.placement(device);
      Directory.Placement own = now.placement(self);
      boolean isChild = child != null && self.equals(child.hub());
      boolean isUnknownChild =
          child == null
              && own != null
              && own.type().equals(HUB)
              && now.responder(new ResponderId(deviceName)) == null
              && kind.isAlarmKind();
      if (isChild || isUnknownChild) {
        return new Speaker(device, self);
      }
    }
    throw Problem.notFound("device");
  }

  private Problem rangFirst(Problem problem, Speaker speaker, Kind kind, byte[] bytes, String why) {
    if (!kind.isAlarmKind()) {
      return problem;
    }
    DeviceEvent event =
        EventReader.unreadable(speaker.device(), speaker.hub(), kind, null, bytes, why);
    List<Submitter.Synced> synced = submit(List.of(event), kind);
    return problem.with("number", synced.getLast().number()).with("rings", true);
  }

  private List<Submitter.Synced> submit(List<DeviceEvent> events, Kind kind) {
    boolean isAlarm = kind.isAlarmKind() || events.stream().anyMatch(DeviceEvent::isAlarm);
    return submitter.submit(
        events.stream().map(Input.EventReceived::new).toList(),
        isAlarm ? Lane.ALARM : Lane.TELEMETRY);
  }

  private static void answer(Context context, List<Submitter.Synced> synced) {
    Submitter.Synced last = synced.getLast();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", last.number());
    json.put("events", synced.size());
    json.put("result", result(last.answer()));
    JsonWriter.answer(context, 202, json);
  }

  private static String result(Answer answer) {
    return switch (answer) {
      case Answer.Taken _ -> "taken";
      case Answer.Repeated _ -> "repeated";
      case Answer.Refused _ -> "journalled";
    };
  }
}
