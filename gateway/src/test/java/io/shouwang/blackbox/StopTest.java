package io.shouwang.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shouwang.blackbox.Ears.Ring;
import io.shouwang.engine.JournalledInputs;
import io.shouwang.model.Payload;
import io.shouwang.simulation.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway told to stop, stood still, and started twice. */
class StopTest {
  private static final int HUBS = 4;
  private static final int MESSAGES_IN_FLIGHT = 200;
  private static final int GENEROUS_SECONDS = 60;
  private static final int STILL_SECONDS = 5;
  private static final Duration LATE_MAX = Duration.ofSeconds(2);

  @TempDir private Path directory;
  private Path data;
  private City city;

  @BeforeEach
  void city() throws IOException {
    data = directory.resolve("data");
    city = City.write(directory.resolve("config"), HUBS, 1, true);
  }

  private static Payload event(String id) {
    return Payload.of(("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSecondGatewayOnTheSameDataIsRefusedAndSigtermAnswersWhatIsInFlight() throws IOException {
    try (GatewayProcess gateway = GatewayProcess.start(city.directory(), data)) {
      try (GatewayProcess second = GatewayProcess.launch(List.of(), city.directory(), data)) {
        assertEquals(1, second.awaitExit(Duration.ofMinutes(1)), second::errors);
        assertTrue(second.errors().contains("another gateway uses this journal"), second::errors);
      }
      Map<String, String> secrets = City.secrets(data);
      String hub = City.hub(0);
      try (Line line = Line.connect(gateway.mqttPort(), hub, secrets.getOrDefault(hub, ""))) {
        for (int i = 1; i <= MESSAGES_IN_FLIGHT; i++) {
          line.publish(i, "v1/devices/" + hub + "/motion", event("m" + i));
        }
        line.flush();
        int answered = acknowledgedUntil(line, 1); // so that the gateway has begun to read them
        gateway.signal("TERM");
        answered += acknowledgedUntil(line, MESSAGES_IN_FLIGHT - 1);
        assertEquals(0, gateway.awaitExit(Duration.ofMinutes(1)), gateway::errors);
        assertEquals(
            JournalledInputs.read(data).events().size(), answered, "taken in, and answered");
      }
      assertFalse(gateway.errors().contains("ERROR"), gateway::errors);
    }
  }

  /** Counts acknowledgements up to a number, or to the end of the line. */
  private static int acknowledgedUntil(Line line, int wanted) {
    int count = 0;
    try {
      while (count < wanted) {
        if (line.read() instanceof Line.Packet.Acknowledged) {
          count++;
        }
      }
    } catch (IOException e) {
      // the gateway has closed the line
    }
    return count;
  }

  @Test
  @Tag("long")
  void overdueRungsRingSoonAfterAStandstill() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(city.directory(), data);
        Ears grid = new Ears(City.GRID);
        Ears service = new Ears(City.SERVICE)) {
      Map<String, String> secrets = City.secrets(data);
      grid.listen(gateway.mqttPort(), secrets.getOrDefault(City.GRID, ""));
      service.listen(gateway.mqttPort(), secrets.getOrDefault(City.SERVICE, ""));
      Ledger ledger = new Ledger();
      Crowd crowd = new Crowd(city, HUBS, secrets, ledger, Seed.of("StopTest"), 1);
      crowd.press(gateway.mqttPort());
      assertEquals(HUBS, ledger.acknowledgedPresses().size());

      gateway.signal("STOP");
      boolean interrupted = new CountDownLatch(1).await(STILL_SECONDS, TimeUnit.SECONDS);
      assertFalse(interrupted);
      Instant goesOn = Instant.now();
      gateway.signal("CONT");

      try (Api api = new Api(gateway.http(), secrets.getOrDefault(City.OPERATOR, ""))) {
        for (Ledger.Sent press : ledger.acknowledgedPresses()) {
          String home = City.home(press.device());
          Ring ring = service.await(r -> r.home().equals(home), GENEROUS_SECONDS);
          assertNotNull(ring, () -> home + "'s second rung never rang");
          Instant rung = startedAt(api, ring);
          assertTrue(
              Duration.between(goesOn, rung).compareTo(LATE_MAX) <= 0,
              () -> "rung at " + rung + ", though it could from " + goesOn);
        }
      }
      assertEquals(HUBS, service.rings().stream().map(Ring::delivery).distinct().count());
      assertEquals(HUBS, grid.rings().stream().map(Ring::delivery).distinct().count());
    }
  }

  /** When the gateway began a delivery. */
  private static Instant startedAt(Api api, Ring ring) throws IOException {
    for (JsonNode delivery : api.alert(ring.alert()).body().path("deliveries")) {
      if (delivery.path("delivery").asText().equals(ring.delivery())) {
        return Instant.parse(delivery.path("started_at").asText());
      }
    }
    throw new AssertionError("the API doesn't know of " + ring);
  }
}
