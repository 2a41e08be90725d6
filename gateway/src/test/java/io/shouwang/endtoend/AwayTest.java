package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who was away hears what it has not acknowledged; nothing is forgotten over a restart. */
@TestInstance(Lifecycle.PER_CLASS)
final class AwayTest {
  private static final String ALERTS = "v1/responders/demo-daughter/alerts";
  private Town town;

  @BeforeAll
  void open(@TempDir Path directory) throws Exception {
    town = Town.open(directory);
  }

  @AfterAll
  void close() {
    town.close();
  }

  @AfterEach
  void quiet() throws Exception {
    town.closeAll();
  }

  @ParameterizedTest
  @CsvSource({
    "MOSQUITTO_3, true", "MOSQUITTO_3, false",
    "MOSQUITTO_5, true", "MOSQUITTO_5, false",
    "PAHO_3, true", "PAHO_3, false",
    "PAHO_5, true", "PAHO_5, false",
    "HIVEMQ_5, true", "HIVEMQ_5, false"
  })
  void aResponderWhoWasAwayIsRungOnReturning(Make make, boolean clean) throws Exception {
    try (Client daughter = daughter(make, clean)) {
      daughter.subscribe(ALERTS); // and goes
    }
    String alert = press();
    try (Client daughter = daughter(make, clean)) {
      daughter.subscribe(ALERTS);
      JsonNode ring = daughter.hears(message -> message.path("alert").asText().equals(alert));
      assertEquals("rung", ring.get("cause").asText());
      assertEquals("e-001", ring.get("elder").get("id").asText());
      awaitAcknowledged(alert); // a client library hands a message over before it confirms it
    }
    try (Client daughter = daughter(make, clean)) {
      daughter.subscribe(ALERTS);
      town.closeAll();
      JsonNode next = daughter.hears(message -> message.path("alert").asText().equals(alert));
      assertEquals("ended", next.get("cause").asText(), "what it acknowledged comes no more");
    }
  }

  /** Waits until the gateway has heard that the daughter's client has its ring. */
  private void awaitAcknowledged(String alert) throws Exception {
    for (int look = 0; look < 10_000; look++) {
      for (JsonNode delivery : town.alert(alert).get("deliveries")) {
        boolean isHers = delivery.get("to").toString().contains("demo-daughter");
        if (isHers && delivery.get("outcome").asText().equals("acknowledged")) {
          return;
        }
      }
    }
    throw new AssertionError("the ring was never acknowledged: " + town.alert(alert));
  }

  private Client daughter(Make make, boolean clean) throws Exception {
    String id = "demo-daughter";
    return town.connect(make, false, id, id, town.secret(id), clean);
  }

  private String press() throws Exception {
    try (Client button = town.connect(Make.HIVEMQ_3, false, "demo-sos-001")) {
      button.publish("v1/devices/demo-sos-001/sos", "{}");
    }
    return town.open("sos").get("alert").asText();
  }

  @Test
  void twoPhonesOfOneDaughterAreBothRung() throws Exception {
    try (Client phone = phone(Make.PAHO_5, "demo-daughter");
        Client tablet = phone(Make.HIVEMQ_3, "demo-daughter.tablet")) {
      phone.subscribe(ALERTS);
      tablet.subscribe(ALERTS);
      String alert = press();
      JsonNode one = phone.hearsFor("rung");
      JsonNode other = tablet.hearsFor("rung");
      assertEquals(alert, one.get("alert").asText());
      assertEquals(one.get("delivery"), other.get("delivery"), "the same ring");
    }
  }

  private Client phone(Make make, String client) throws Exception {
    String id = "demo-daughter";
    return town.connect(make, false, client, id, town.secret(id), true);
  }

  @Test
  void aRestartForgetsNeitherTheAlertNorWhoHasNotHeard() throws Exception {
    String alert = press();
    Set<String> before =
        town.alert(alert).get("deliveries").findValuesAsText("delivery").stream()
            .collect(Collectors.toSet());
    town = town.restarted();
    assertEquals("ringing", town.alert(alert).get("state").asText());
    try (Client daughter = daughter(Make.PAHO_3, true)) {
      daughter.subscribe(ALERTS);
      JsonNode ring = daughter.hears(message -> message.path("alert").asText().equals(alert));
      assertTrue(before.contains(ring.get("delivery").asText()), "under the same key");
    }
  }
}
