package io.shouwang.sim.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shouwang.sim.load.Readings;
import io.shouwang.sim.message.Alert;
import io.shouwang.sim.message.Payloads;
import io.shouwang.sim.responder.Script;
import io.shouwang.sim.time.Agenda;
import io.shouwang.sim.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What happens in the demo district, over and over: alarms at their times, readings at their beat,
 * and how each responder answers each kind of alert.
 */
public final class Story {
  /** One round; every alert of it is closed before the next begins. */
  static final Duration ROUND = Duration.ofMinutes(4);

  /** Who connects as devices. */
  public static final List<String> DEVICES =
      List.of("demo-sos-001", "demo-band-001", "demo-smoke-001", "demo-pir-001");

  /** Who connects as responders. */
  public static final List<String> RESPONDERS =
      List.of("demo-daughter", "demo-grid", "demo-service", "demo-desk");

  /** One thing a device says; {@code loud} things are printed. */
  public record Act(String device, String kind, String words, boolean loud) {
    /** The payload, made when the act happens. */
    public byte[] payload(String id, Instant at, long round) {
      ObjectNode event = Payloads.event(id, Payloads.at(at));
      return switch (kind) {
        case "sos" -> Readings.press(id, at);
        case "smoke" ->
            Payloads.bytes(
                event
                    .put("state", words.contains("clear") ? "clear" : "alarm")
                    .put("room", "kitchen"));
        case "fall" -> Payloads.bytes(event.put("confidence", 0.87));
        default -> Readings.reading(kind, id, at, round);
      };
    }
  }

  private record Scene(Duration after, Duration every, Act act) {}

  private static final List<Scene> SCENES =
      List.of(
          alarm("3s", new Act("demo-sos-001", "sos", "presses SOS", true)),
          alarm("90s", new Act("demo-smoke-001", "smoke", "smoke in the kitchen", true)),
          alarm("110s", new Act("demo-smoke-001", "smoke", "the smoke is clear", true)),
          alarm("170s", new Act("demo-band-001", "fall", "reports a fall", true)),
          reading("1s", "10s", new Act("demo-pir-001", "motion", "motion", false)),
          reading("2s", "15s", new Act("demo-band-001", "vitals", "vitals", false)),
          reading("2s", "20s", new Act("demo-band-001", "location", "location", false)),
          reading("5s", "60s", new Act("demo-smoke-001", "status", "status", false)));

  private static final Map<String, Map<String, Script>> ANSWERS =
      Map.of(
          "demo-daughter",
          Map.of(
              "sos", Script.parse("accept:8@5s,arrived@30s"),
              "smoke", Script.parse("spoke:nobody hurt@8s,accept:8@9s,arrived@35s"),
              "fall", Script.parse("decline:at work until six@6s")),
          "demo-grid",
          Map.of("fall", Script.parse("accept:4@15s,arrived@40s")),
          "demo-desk",
          Map.of(
              "sos", Script.parse("done:real@50s"),
              "smoke", Script.parse("done:real@55s"),
              "fall", Script.parse("done:real@55s")));

  private Story() {}

  private static Scene alarm(String after, Act act) {
    return new Scene(Durations.parse(after), ROUND, act);
  }

  private static Scene reading(String after, String every, Act act) {
    return new Scene(Durations.parse(after), Durations.parse(every), act);
  }

  /** Puts the whole story on the agenda; {@code stage} performs each act and must not block. */
  public static void begin(Agenda agenda, Consumer<Act> stage) {
    for (Scene scene : SCENES) {
      agenda.after(scene.after(), () -> perform(scene, agenda, stage));
    }
  }

  private static void perform(Scene scene, Agenda agenda, Consumer<Act> stage) {
    agenda.after(scene.every(), () -> perform(scene, agenda, stage));
    stage.accept(scene.act());
  }

  /** How {@code responder} answers {@code alert}. */
  public static Script answer(String responder, Alert alert) {
    String kind = alert.kind();
    return kind == null
        ? Script.SILENT
        : ANSWERS.getOrDefault(responder, Map.of()).getOrDefault(kind, Script.SILENT);
  }
}
