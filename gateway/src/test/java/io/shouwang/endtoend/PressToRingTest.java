package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The main job with each vendor's client, plain and TLS: from the press to "closed". */
@TestInstance(Lifecycle.PER_CLASS)
final class PressToRingTest {
  private static final String BUTTON = "demo-sos-001";
  private static final String SOS = "v1/devices/demo-sos-001/sos";
  private static final String DOWN = "v1/devices/demo-sos-001/down";
  private Town town;
  private int stories;

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
    "MOSQUITTO_3, false", "MOSQUITTO_3, true",
    "MOSQUITTO_5, false", "MOSQUITTO_5, true",
    "PAHO_3, false", "PAHO_3, true",
    "PAHO_5, false", "PAHO_5, true",
    "HIVEMQ_3, false", "HIVEMQ_3, true",
    "HIVEMQ_5, false", "HIVEMQ_5, true"
  })
  void aPressRingsPeopleTheirReplyMovesItAndTheWearerHears(Make make, boolean secure)
      throws Exception {
    stories++;
    try (Client button = town.connect(make, secure, BUTTON);
        Client daughter = town.connect(make, secure, "demo-daughter");
        Client desk = town.connect(make, secure, "demo-desk")) {
      button.subscribe(DOWN);
      daughter.subscribe("v1/responders/demo-daughter/alerts");
      desk.subscribe("v1/responders/demo-desk/alerts");

      Instant pressed = Instant.now().minusSeconds(3);
      button.publish(
          SOS,
          """
          {"id":"press-%d","at":"%s","battery_pct":81,"vendor":"x",
           "location":{"lat":32.0601,"lon":120.8804,"accuracy_m":15,"source":"gnss"}}
          """
              .formatted(stories, pressed));

      JsonNode ring = daughter.hearsFor("rung");
      String alert = ring.get("alert").asText();
      assertIsRing(ring, pressed);
      JsonNode deskRing = desk.hearsFor("desk");
      assertEquals(alert, deskRing.get("alert").asText());
      assertFalse(deskRing.get("delivery").equals(ring.get("delivery")));
      JsonNode received = button.hearsOf("received");
      assertEquals(alert, received.get("alert").asText());
      assertFalse(Instant.parse(received.get("at").asText()).isBefore(pressed));
      assertEquals("ringing", town.open("sos").get("state").asText());

      daughter.publish(
          "v1/responders/demo-daughter/replies",
          "{\"id\":\"r%d\",\"alert\":\"%s\",\"reply\":\"accept\",\"eta_min\":8}"
              .formatted(stories, alert));
      JsonNode accepted = button.hearsOf("accepted");
      assertEquals(
          "{\"type\":\"accepted\",\"by\":\"daughter\",\"eta_min\":8,\"alert\":\"" + alert + "\"}",
          accepted.toString());
      JsonNode coming = desk.hearsFor("coming").get("coming").get(0);
      assertEquals("demo-daughter", coming.get("id").asText());
      assertEquals(8, coming.get("eta_min").asInt());
      assertEquals("accepted", town.alert(alert).get("state").asText());

      desk.publish(
          "v1/responders/demo-desk/replies",
          """
          {"id":"d%d","alert":"%s","reply":"done","disposition":"false_alarm","note":"桌子碰到"}
          """
              .formatted(stories, alert));
      assertEquals(
          "{\"type\":\"closed\",\"alert\":\"" + alert + "\"}", button.hearsOf("closed").toString());
      JsonNode ended = daughter.hearsFor("ended");
      assertEquals("closed", ended.get("state").asText());
      assertFalse(ended.has("elder"), "who was asked sees the person no longer than needed");

      awaitAcknowledgements(alert);
      assertTellsTheStory(town.alert(alert));
    }
  }

  /** Every field of the contract's {@code alerts} message. */
  private static void assertIsRing(JsonNode ring, Instant pressed) {
    assertEquals("sos", ring.get("kind").asText());
    assertEquals("critical", ring.get("severity").asText());
    assertEquals("ringing", ring.get("state").asText());
    assertTrue(ring.get("delivery").asText().startsWith(ring.get("alert").asText() + "."));
    Instant raisedAt = Instant.parse(ring.get("raised_at").asText());
    assertTrue(Duration.between(pressed, raisedAt).compareTo(Duration.ofMinutes(1)) < 0);
    JsonNode elder = ring.get("elder");
    assertEquals("e-001", elder.get("id").asText());
    assertEquals("林秀英", elder.get("name").asText());
    assertEquals(
        raisedAt.atZone(java.time.ZoneId.of("Asia/Shanghai")).getYear() - 1941,
        elder.get("age").asInt());
    assertEquals(List.of("e-001"), ring.get("elders").findValuesAsText("id"));
    JsonNode home = ring.get("home");
    assertEquals("h-001", home.get("id").asText());
    assertEquals("荷花街道桃花里12号楼2单元301室", home.get("address").asText());
    assertEquals("g-taohua-1", home.get("area").asText());
    assertEquals("000-5550-0101", home.get("phone").asText());
    assertTrue(home.get("access").asText().contains("备用钥匙"));
    JsonNode location = ring.get("location");
    assertEquals(32.0601, location.get("lat").asDouble());
    assertEquals(120.8804, location.get("lon").asDouble());
    assertEquals(15, location.get("accuracy_m").asInt());
    assertEquals("gnss", location.get("source").asText());
    assertEquals("wgs84", location.get("datum").asText());
    assertTrue(location.get("age_s").asInt() >= 0);
    assertTrue(ring.get("why").asText().contains("按下紧急呼叫"));
    assertTrue(ring.get("coming").isEmpty());
    assertEquals(1, ring.get("rung").asInt());
    assertTrue(Instant.parse(ring.get("reply_by").asText()).isAfter(raisedAt));
  }

  /** A client library hands a message over before it confirms it, and the story goes fast. */
  private void awaitAcknowledgements(String alert) throws Exception {
    for (int look = 0; look < 10_000; look++) {
      boolean all = true;
      for (JsonNode delivery : town.alert(alert).get("deliveries")) {
        boolean isLookedAt =
            delivery.get("cause").asText().equals("tell_accepted")
                || (delivery.get("cause").asText().equals("rung")
                    && delivery.get("to").path("responder").asText().equals("demo-daughter"));
        all &= !isLookedAt || delivery.get("outcome").asText().equals("acknowledged");
      }
      if (all) {
        return;
      }
    }
  }

  /** P6: what rang, who was asked, what they said, how each message fared, how it ended. */
  private static void assertTellsTheStory(JsonNode alert) {
    assertEquals("closed", alert.get("state").asText());
    assertEquals("false_alarm", alert.get("closed").get("disposition").asText());
    assertEquals("demo-desk", alert.get("closed").get("by").asText());
    List<String> types = alert.get("timeline").findValuesAsText("type");
    List<String> turns = types.stream().filter(t -> !t.startsWith("delivery_")).distinct().toList();
    assertEquals(
        List.of("raised", "rung_reached", "desk_reached", "replied", "held", "closed"), turns);
    assertEquals(2, types.stream().filter("replied"::equals).count());
    for (JsonNode entry : alert.get("timeline")) {
      assertFalse(entry.get("text").asText().isBlank(), entry.toString());
    }
    for (JsonNode delivery : alert.get("deliveries")) {
      String to = delivery.get("to").path("responder").asText();
      if (to.equals("demo-daughter") && delivery.get("cause").asText().equals("rung")) {
        assertEquals("acknowledged", delivery.get("outcome").asText());
      }
      if (delivery.get("cause").asText().equals("tell_accepted")) {
        assertEquals("acknowledged", delivery.get("outcome").asText(), "P5: it got there");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"MOSQUITTO_3, demo-sos-004", "MOSQUITTO_5, demo-sos-006"})
  void aPressHearsItsAnswerOnTheSameConnection(Make make, String device) throws Exception {
    try (var button = (MosquittoTools) town.connect(make, false, device)) {
      String topics = "v1/devices/" + device;
      String answer = button.request(topics + "/sos", topics + "/down", "{}");
      assertTrue(answer.startsWith("{\"type\":\"received\""), answer);
      assertTrue(answer.contains(town.open("sos").get("alert").asText()), answer);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PAHO_3", "HIVEMQ_5"})
  void theSameEventAgainOpensAndRingsNothing(Make make) throws Exception {
    stories++;
    String press = "{\"id\":\"again-%d\",\"at\":\"%s\"}".formatted(stories, Instant.now());
    String alert;
    try (Client button = town.connect(make, false, BUTTON)) {
      button.publish(SOS, press);
      alert = town.open("sos").get("alert").asText();
      button.publish(SOS, press);
    }
    try (Client button = town.connect(make, true, BUTTON)) {
      button.publish(SOS, press);
    }
    assertResent(alert);
    Town.Answer http =
        town.post(
            "/api/v1/devices/demo-sos-001/events/sos",
            town.basic(BUTTON),
            press.getBytes(StandardCharsets.UTF_8));
    assertEquals(202, http.status());
    assertEquals("repeated", http.json().get("result").asText());
    assertResent(alert);
    town.closeAll();
    try (Client button = town.connect(make, false, BUTTON)) {
      button.publish(SOS, press);
    }
    assertEquals(List.of(), town.open(), "nor after it was closed");
  }

  private void assertResent(String alert) throws Exception {
    JsonNode now = town.open("sos");
    assertEquals(alert, now.get("alert").asText());
    assertEquals(1, now.get("evidence").size());
    List<String> causes = now.get("deliveries").findValuesAsText("cause");
    assertEquals(List.of("tell_received", "rung", "rung", "desk"), causes);
  }
}
