package io.shouwang.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.sim.device.Device;
import io.shouwang.sim.message.Payloads;
import io.shouwang.sim.wire.Endpoint;
import io.shouwang.sim.wire.Login;
import io.shouwang.sim.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands share that let one device say something: which event, how often, how long. */
final class EventOptions {
  /** One act: a connect, or a publish until its PUBACK. Then the event is sent again. */
  private static final Duration ACT_PATIENCE = Duration.ofSeconds(5);

  private final Surroundings surroundings;

  @Option(
      names = "--via",
      paramLabel = "HUB",
      description = "Let this hub connect and speak for the device.")
  private @Nullable String via;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "The event's id (default: a new one each time). With --times, the same event is resent,"
              + " which must not ring twice.")
  private @Nullable String id;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "When it happened by the device's clock: 2026-03-01T08:00:00+08:00 or epoch"
              + " milliseconds (default: now).")
  private @Nullable String at;

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "How often (default: ${DEFAULT-VALUE}).")
  private int times = 1;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      description =
          "Reconnect and resend the same event for so long until it is acknowledged (default: 60s).")
  private Duration patience = Duration.ofSeconds(60);

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "Then listen for what the wearer is told, until the alert is closed or this time is over"
              + " (default: 30s for an alarm, else 0s).")
  private @Nullable Duration wait;

  EventOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Makes the payload of one event. */
  interface Maker {
    byte[] payload(String id, JsonNode at);
  }

  /** Connects, says the events and listens; returns the exit code. */
  int run(
      ConnectionOptions connection,
      String device,
      String kind,
      String words,
      Duration usualWait,
      Maker maker)
      throws IOException, WireException, InterruptedException {
    if (times < 1) {
      throw connection.wrong("--times is " + times + "; it must be at least 1");
    }
    JsonNode typedAt = at == null ? null : typedAt(connection, at);
    String speaker = via == null ? device : via;
    Endpoint endpoint = connection.endpoint(ACT_PATIENCE);
    Login login = connection.login(speaker);
    try (Device spoken =
        new Device(
            speaker, () -> endpoint.wire(login), surroundings.clock(), surroundings.terminal())) {
      byte @Nullable [] same = null;
      for (int time = 1; time <= times; time++) {
        String eventId = id == null ? UUID.randomUUID().toString() : id;
        byte[] payload = same;
        if (payload == null) {
          JsonNode now = Payloads.at(surroundings.clock().now());
          payload = maker.payload(eventId, typedAt == null ? now : typedAt);
        }
        same = id == null ? null : payload;
        spoken.say(device, kind, payload, words + " (id " + eventId + ")", patience);
      }
      Duration listening = wait == null ? usualWait : wait;
      if (!listening.isZero()) {
        spoken.listen(listening);
      }
    }
    return ExitCode.OK;
  }

  private static JsonNode typedAt(ConnectionOptions connection, String at) {
    try {
      return Payloads.at(at);
    } catch (IllegalArgumentException e) {
      throw connection.wrong("--at: " + e.getMessage());
    }
  }
}
