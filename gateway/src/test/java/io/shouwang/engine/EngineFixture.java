package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.Effect;
import io.shouwang.alerts.World;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.config.Settings;
import io.shouwang.intake.EventReader;
import io.shouwang.intake.Lane;
import io.shouwang.intake.Submission;
import io.shouwang.journal.JournalOptions;
import io.shouwang.model.Answer;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.registry.TestRegistry;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An engine over a simulated disk and a manual clock, with the demo district. */
final class EngineFixture implements AutoCloseable {
  static final Path DATA = Path.of("/data");
  static final World WORLD = demoWorld();

  final SimulatedDisk disk;
  final ManualClock clock;
  final List<Effect> effects = new ArrayList<>();
  final List<Answer> answers = new ArrayList<>();
  Recovered recovered;
  Engine engine;

  EngineFixture(SimulatedDisk disk, ManualClock clock) throws IOException {
    this(disk, clock, EngineLimits.DEFAULT);
  }

  EngineFixture(SimulatedDisk disk, ManualClock clock, EngineLimits limits) throws IOException {
    this.disk = disk;
    this.clock = clock;
    recovered =
        Recovered.open(
            disk, DATA, new JournalOptions(256 * 1024, 256 * 1024, 60 * 1024, 42), Runnable::run);
    engine = recovered.engine(WORLD, clock, limits, new StageTimes(new SimpleMeterRegistry()));
    engine.performWith((receipt, all) -> effects.addAll(all));
  }

  static EngineFixture fresh() throws IOException {
    return new EngineFixture(
        new SimulatedDisk(), new ManualClock(Instant.parse("2026-03-02T00:00:00Z")));
  }

  private static World demoWorld() {
    Path config = Path.of("..", "config");
    ConfigReading reading = ConfigReader.read(config, Map.of());
    if (!(reading instanceof ConfigReading.Accepted(Settings settings))) {
      throw new AssertionError(reading);
    }
    return new World(TestRegistry.demo(), settings.ruleBook(), settings.ladders());
  }

  boolean offer(Lane lane, Input input) {
    return engine.offer(
        new Submission(
            input, lane, clock.nanos(), (receipt, number, answer) -> answers.add(answer)));
  }

  /** Offers an event as a device's connection does, and turns the engine until it rests. */
  Answer event(String device, String kind, String json) throws IOException {
    DeviceEvent event = read(device, kind, json);
    assertTrue(
        offer(event.isAlarm() ? Lane.ALARM : Lane.TELEMETRY, new Input.EventReceived(event)));
    settle();
    return answers.getLast();
  }

  static DeviceEvent read(String device, String kind, String json) {
    return EventReader.readOne(
        new DeviceId(device), null, new Kind(kind), null, json.getBytes(StandardCharsets.UTF_8));
  }

  Answer reply(
      String by, Alert alert, Reply.Answer answer, @Nullable Integer eta, @Nullable String note)
      throws IOException {
    Reply reply =
        new Reply(
            "r" + answers.size(),
            alert.id(),
            answer,
            eta,
            answer == Reply.Answer.DONE ? "real" : null,
            note);
    offer(Lane.ALARM, new Input.ReplyReceived(reply, new ResponderId(by), false, "mqtt"));
    settle();
    return answers.getLast();
  }

  void settle() throws IOException {
    while (engine.step()) {
      // until nothing waits
    }
  }

  void advance(Duration by) throws IOException {
    clock.advance(by);
    settle();
  }

  Alert onlyAlert() {
    return engine.alerts().open().getFirst().alert();
  }

  Alert onlyAlertOf(String kind) {
    return engine.alerts().open().stream()
        .map(seen -> seen.alert())
        .filter(alert -> alert.kind().value().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  Alert onlyAlertOf(String kind, HomeId home) {
    return engine.alerts().open().stream()
        .map(seen -> seen.alert())
        .filter(alert -> alert.kind().value().equals(kind) && alert.home().equals(home))
        .findFirst()
        .orElseThrow();
  }

  Optional<Alert> find(Alert alert) {
    return engine.alerts().find(alert.id()).map(seen -> seen.alert());
  }

  /** Stops cleanly and opens the same disk again. */
  EngineFixture restarted() throws IOException {
    close();
    return new EngineFixture(disk, clock);
  }

  @Override
  public void close() throws IOException {
    recovered.close();
  }
}
