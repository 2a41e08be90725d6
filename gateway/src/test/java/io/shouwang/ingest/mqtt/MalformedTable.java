package io.shouwang.ingest.mqtt;

import static io.shouwang.ingest.mqtt.Wire.four;
import static io.shouwang.ingest.mqtt.Wire.join;
import static io.shouwang.ingest.mqtt.Wire.octets;
import static io.shouwang.ingest.mqtt.Wire.text;
import static io.shouwang.ingest.mqtt.Wire.two;
import static io.shouwang.ingest.mqtt.Wire.userProperty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;

/** A table of byte sequences that must each end their connection with nothing acknowledged. */
final class MalformedTable {
  static final String TOPIC = "v1/devices/button-1/status";
  static final String DOWN = "v1/devices/button-1/down";

  /** Strings that aren't UTF-8, or hold what MQTT forbids (1.5.4). */
  static final Map<String, byte[]> BAD_TEXTS =
      new TreeMap<>(
          Map.of(
              "a surrogate [MQTT-1.5.4-1]", octets('a', 0xed, 0xa0, 0x80),
              "a low surrogate [MQTT-1.5.4-1]", octets(0xed, 0xbf, 0xbf),
              "U+0000 [MQTT-1.5.4-2]", octets('a', 0, 'b'),
              "an overlong NUL", octets(0xc0, 0x80),
              "an overlong slash", octets(0xe0, 0x80, 0xaf),
              "a lone continuation", octets(0x80),
              "a cut sequence", octets('a', 0xe4, 0xb8),
              "past U+10FFFF", octets(0xf4, 0x90, 0x80, 0x80),
              "a byte of no UTF-8", octets(0xff)));

  static final House HOUSE = new House();

  static {
    HOUSE.intake.acknowledgesAtOnce();
  }

  final List<DynamicTest> tests = new ArrayList<>();

  void closes(Version version, String clause, byte[]... afterConnect) {
    tests.add(
        dynamicTest(
            version + " " + clause,
            () -> {
              Client client = HOUSE.connects(version, FakeDirectory.BUTTON);
              for (byte[] bytes : afterConnect) {
                client.sends(bytes);
              }
              isOver(client);
              assertEquals(0, HOUSE.count("shouwang.mqtt.faults"));
              HOUSE.forget(client);
            }));
  }

  void refusesToConnect(Version version, String clause, byte[] bytes) {
    tests.add(
        dynamicTest(
            version + " CONNECT " + clause,
            () -> {
              int before = HOUSE.intake.inputs().size();
              Client client = HOUSE.opens(version).sends(bytes);
              assertTrue(client.isClosed(), "still open");
              for (Client.Answer answer : client.answers()) {
                assertEquals(2, answer.type(), answer::hex);
                assertTrue(answer.body()[1] != 0, "welcome");
              }
              assertEquals(before, HOUSE.intake.inputs().size());
              assertEquals(0, HOUSE.count("shouwang.mqtt.faults"));
              HOUSE.forget(client);
            }));
  }

  static void isOver(Client client) {
    assertTrue(client.isClosed(), "still open");
    List<Client.Answer> answers = client.answers();
    assertTrue(
        answers.stream().allMatch(answer -> answer.type() == 14),
        () -> "answers: " + answers.stream().map(Client.Answer::hex).toList());
  }

  static Wire.Connect connect(Version version) {
    return Wire.connect(version, FakeDirectory.BUTTON);
  }

  static byte[] repeated(int times) {
    byte[] all = new byte[0];
    for (int i = 0; i < times; i++) {
      all = join(all, userProperty());
    }
    return all;
  }

  /** A good value for each property there is. */
  static Map<Integer, byte[]> values() {
    Map<Integer, byte[]> values = new TreeMap<>();
    for (int id : List.of(0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2a, 0x0b)) {
      values.put(id, octets(1));
    }
    for (int id : List.of(0x13, 0x21, 0x22, 0x23)) {
      values.put(id, two(10));
    }
    for (int id : List.of(0x02, 0x11, 0x18, 0x27)) {
      values.put(id, four(1000));
    }
    for (int id : List.of(0x03, 0x08, 0x09, 0x12, 0x15, 0x16, 0x1a, 0x1c, 0x1f)) {
      values.put(id, text("x"));
    }
    values.put(0x26, join(text("k"), text("v")));
    return values;
  }

  static void nothingIsLeftBehind() {
    assertEquals(0, HOUSE.gauge("shouwang.mqtt.connections"));
    assertEquals(0, HOUSE.gauge("shouwang.mqtt.strangers"));
  }
}
