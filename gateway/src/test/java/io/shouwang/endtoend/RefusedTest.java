package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refused act never gets a success code, with whatever client; and nothing comes of it. */
@TestInstance(Lifecycle.PER_CLASS)
final class RefusedTest {
  private static final String BUTTON = "demo-sos-001";
  private Town town;

  @BeforeAll
  void open(@TempDir Path directory) throws Exception {
    town = Town.open(directory);
  }

  @AfterAll
  void close() {
    town.close();
  }

  private void assertIsQuiet() throws Exception {
    assertEquals(List.of(), town.open());
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void whoDoesNotShowTheSecretIsNotLetIn(Make make) throws Exception {
    assertIsRefused(make, BUTTON, BUTTON, "wrong");
    assertIsRefused(make, "nobody", "nobody", town.secret(BUTTON));
    assertIsRefused(make, BUTTON, BUTTON, town.secret("demo-sos-004"));
    assertIsRefused(make, "demo-sos-004", BUTTON, town.secret(BUTTON));
    assertIsQuiet();
  }

  /** Debian's tools connect only when they have something to say. */
  private void assertIsRefused(Make make, String client, String user, String secret) {
    assertThrows(
        Client.Refused.class,
        () -> {
          try (Client stranger = town.connect(make, false, client, user, secret, true)) {
            stranger.publish("v1/devices/demo-sos-001/sos", "{}");
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void nobodyPublishesOnSomebodyElsesTopic(Make make) throws Exception {
    for (String topic :
        List.of(
            "v1/devices/demo-sos-004/sos",
            "v1/devices/demo-sos-001/down",
            "v1/responders/demo-daughter/replies")) {
      try (Client button = town.connect(make, false, BUTTON)) {
        assertThrows(Client.Refused.class, () -> button.publish(topic, "{}"), topic);
      }
    }
    assertIsQuiet();
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void nobodySubscribesToSomebodyElsesTopic(Make make) throws Exception {
    for (String topic : List.of("v1/devices/demo-sos-004/down", "#")) {
      try (Client button = town.connect(make, false, BUTTON)) {
        assertThrows(Client.Refused.class, () -> button.subscribe(topic), topic);
      }
    }
  }

  @Test
  void aResponderAnswersOnlyWhatItWasAsked() throws Exception {
    try (Client button = town.connect(Make.PAHO_3, false, BUTTON)) {
      button.publish("v1/devices/demo-sos-001/sos", "{}");
    }
    String alert = town.open("sos").get("alert").asText();
    try (Client son = town.connect(Make.HIVEMQ_5, false, "demo-son")) {
      assertThrows(
          Client.Refused.class,
          () ->
              son.publish(
                  "v1/responders/demo-son/replies",
                  "{\"alert\":\"" + alert + "\",\"reply\":\"done\",\"disposition\":\"x\"}"));
    }
    assertEquals("ringing", town.alert(alert).get("state").asText());
    assertEquals(404, town.get("/api/v1/alerts/" + alert, town.basic("demo-son")).status());
    assertEquals(200, town.get("/api/v1/alerts/" + alert, town.basic("demo-daughter")).status());
    assertEquals(401, town.get("/api/v1/alerts", "Bearer demo-operator.wrong").status());
    assertEquals(403, town.get("/api/v1/alerts", town.basic(BUTTON)).status());
    town.closeAll();
  }

  @Test
  void theStateIsForItsOwnerAlone() throws Exception {
    assertEquals("rwx------", mode(town.data));
    assertEquals("rw-------", mode(town.data.resolve("demo-secrets.csv")));
    assertEquals("rw-------", mode(town.data.resolve("secrets.csv")));
    String kept = Files.readString(town.data.resolve("secrets.csv"));
    assertTrue(kept.contains("demo-sos-001,"));
    assertTrue(!kept.contains(town.secret(BUTTON)), "what is kept is no secret");
    assertTrue(town.secret(BUTTON).length() * 6 >= 128, "at least 128 bits");
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
