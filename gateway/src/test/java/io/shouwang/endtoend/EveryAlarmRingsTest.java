package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P3 from outside: whatever an alarm kind says, in whatever shape, somebody is rung. */
@TestInstance(Lifecycle.PER_CLASS)
final class EveryAlarmRingsTest {
  private static final String SMOKE = "v1/devices/demo-smoke-001/smoke";
  private static final String SOS = "v1/devices/demo-sos-001/sos";
  private Town town;
  private Client daughter;

  @BeforeAll
  void open(@TempDir Path directory) throws Exception {
    town = Town.open(directory);
  }

  @AfterAll
  void close() {
    town.close();
  }

  @BeforeEach
  void comes() throws Exception {
    daughter = town.connect(Make.HIVEMQ_5, false, "demo-daughter");
    daughter.subscribe("v1/responders/demo-daughter/alerts");
  }

  @AfterEach
  void quiet() throws Exception {
    town.closeAll();
    daughter.close();
  }

  @ParameterizedTest
  @CsvSource({
    "alarm, smoke, critical, smoke",
    "fault, device_fault, minor, fault",
    "tamper, device_fault, minor, tamper",
    "plasma-leak, smoke, critical, unknown"
  })
  void smokeRingsInEachStateThatNeedsSomebody(
      String state, String kind, String severity, String what) throws Exception {
    try (Client alarm = town.connect(Make.PAHO_3, false, "demo-smoke-001")) {
      alarm.publish(SMOKE, "{\"state\":\"%s\",\"room\":\"厨房\"}".formatted(state));
    }
    JsonNode ring = daughter.hearsFor("rung");
    assertEquals(kind, ring.get("kind").asText());
    assertEquals(severity, ring.get("severity").asText());
    JsonNode evidence = town.open(kind).get("evidence").get(0);
    assertEquals(what, evidence.get("what").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"clear", "test"})
  void clearAndTestAreEvidenceAndCloseNothing(String state) throws Exception {
    try (Client alarm = town.connect(Make.PAHO_5, false, "demo-smoke-001")) {
      alarm.publish(SMOKE, "{\"state\":\"%s\"}".formatted(state));
      assertEquals(List.of(), town.open());
      alarm.publish(SMOKE, "{\"state\":\"alarm\"}");
      alarm.publish(SMOKE, "{\"state\":\"%s\"}".formatted(state));
    }
    JsonNode open = town.open("smoke");
    assertEquals("ringing", open.get("state").asText());
    assertEquals(state, open.get("evidence").get(1).get("what").asText());
  }

  @Test
  void aFallRings() throws Exception {
    try (Client band = town.connect(Make.HIVEMQ_3, true, "demo-band-001")) {
      band.publish("v1/devices/demo-band-001/fall", "{\"confidence\":0.4}");
    }
    assertEquals("fall", daughter.hearsFor("rung").get("kind").asText());
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void aPressThatNobodyCanReadRingsMarkedUnreadable(Make make) throws Exception {
    byte[] garbage = {(byte) 0xff, 0, '{', 'x', (byte) 0x80};
    try (Client button = town.connect(make, false, "demo-sos-001")) {
      button.publish(SOS, garbage);
    }
    assertIsUnreadable(daughter.hearsFor("rung"));
  }

  @Test
  void aPressLongerThan8KibRingsAndIsAcknowledged() throws Exception {
    try (Client button = town.connect(Make.PAHO_5, false, "demo-sos-001")) {
      button.publish(SOS, "{\"x\":\"" + "x".repeat(9_000) + "\"}");
    }
    assertIsUnreadable(daughter.hearsFor("rung"));
  }

  @ParameterizedTest
  @EnumSource(names = {"MOSQUITTO_3", "PAHO_5", "HIVEMQ_3"})
  void aPressPastAllBoundsRingsAlthoughTheConnectionEnds(Make make) throws Exception {
    try (Client button = town.connect(make, false, "demo-sos-001")) {
      byte[] huge = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
      assertThrows(Client.Refused.class, () -> button.publish(SOS, huge));
    }
    assertIsUnreadable(daughter.hearsFor("rung"));
  }

  private void assertIsUnreadable(JsonNode ring) throws Exception {
    assertEquals("sos", ring.get("kind").asText());
    assertEquals("critical", ring.get("severity").asText());
    JsonNode evidence = town.alert(ring.get("alert").asText()).get("evidence").get(0);
    assertEquals("unreadable", evidence.get("what").asText());
    assertTrue(evidence.get("marks").toString().contains("unreadable"), evidence.toString());
  }

  @Test
  void aHubSpeaksForTheDevicesUnderItAndHearsTheirNews() throws Exception {
    try (Client hub = town.connect(Make.HIVEMQ_5, true, "demo-hub-005");
        Client desk = town.connect(Make.PAHO_3, false, "demo-desk")) {
      desk.subscribe("v1/responders/demo-desk/alerts");
      hub.subscribe("v1/devices/demo-hub-005/down");
      hub.publish("v1/devices/demo-sos-005/sos", "{\"id\":\"child-1\"}");
      JsonNode received = hub.hearsOf("received");
      assertEquals("demo-sos-005", received.get("device").asText());
      JsonNode ring = desk.hears(m -> m.path("elder").path("id").asText().equals("e-005"));
      assertEquals(ring.get("alert"), received.get("alert"));
      desk.publish(
          "v1/responders/demo-desk/replies",
          "{\"alert\":\"%s\",\"reply\":\"accept\"}".formatted(ring.get("alert").asText()));
      JsonNode accepted = hub.hearsOf("accepted");
      assertEquals("demo-sos-005", accepted.get("device").asText());
      assertFalse(accepted.has("eta_min"), "the desk promised no time");

      hub.publish("v1/devices/nobody-knows-it/smoke", "{\"state\":\"alarm\"}");
      JsonNode atHub = town.open("smoke");
      assertEquals("h-004", atHub.get("home").get("id").asText());
      assertTrue(atHub.get("evidence").get(0).get("marks").toString().contains("unregistered"));
      assertThrows(Client.Refused.class, () -> hub.publish("v1/devices/demo-sos-006/sos", "{}"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDeviceWithoutMqttPressesOverHttp(boolean secure) throws Exception {
    Town.Answer press = post("demo-sos-001", "sos", "{\"id\":\"http-" + secure + "\"}", secure);
    assertEquals(202, press.status());
    assertTrue(press.json().get("number").asLong() > 0);
    assertEquals("taken", press.json().get("result").asText());
    assertEquals("sos", daughter.hearsFor("rung").get("kind").asText());

    assertEquals(404, post("demo-sos-004", "sos", "{}", secure).status());
    String huge = "x".repeat(70_000);
    Town.Answer tooLong = post("demo-smoke-001", "smoke", huge, secure);
    assertEquals(413, tooLong.status());
    assertTrue(tooLong.json().get("rings").asBoolean());
    assertEquals("unreadable", town.open("smoke").at("/evidence/0/what").asText());
    Town.Answer quarantined = post("demo-pir-001", "motion", "garbage", secure);
    assertEquals(202, quarantined.status());
  }

  private Town.Answer post(String device, String kind, String body, boolean secure)
      throws Exception {
    String speaker = device.equals("demo-sos-004") ? "demo-sos-001" : device;
    return town.post(
        "/api/v1/devices/" + device + "/events/" + kind,
        town.basic(speaker),
        body.getBytes(StandardCharsets.UTF_8),
        secure);
  }
}
