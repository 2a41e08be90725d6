package io.shouwang.ingest.mqtt;

import static io.shouwang.ingest.mqtt.Wire.binary;
import static io.shouwang.ingest.mqtt.Wire.four;
import static io.shouwang.ingest.mqtt.Wire.join;
import static io.shouwang.ingest.mqtt.Wire.octets;
import static io.shouwang.ingest.mqtt.Wire.packet;
import static io.shouwang.ingest.mqtt.Wire.properties;
import static io.shouwang.ingest.mqtt.Wire.property;
import static io.shouwang.ingest.mqtt.Wire.text;
import static io.shouwang.ingest.mqtt.Wire.two;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each clause by which a packet after CONNECT is malformed or a protocol error, as bytes: the
 * connection ends, and nothing was acknowledged. Clauses are MQTT 5.0's unless 3.1.1 is said.
 */
@ExtendWith(LeakWatch.class)
final class MalformedPacketsTest {
  private final MalformedTable table = new MalformedTable();

  @AfterAll
  static void nothingIsLeftBehind() {
    MalformedTable.nothingIsLeftBehind();
  }

  @TestFactory
  List<DynamicTest> packets() {
    for (Version version : Version.values()) {
      fixedHeaders(version);
      publishes(version);
      subscribes(version);
      acknowledgements(version);
      goodbyes(version);
    }
    packetProperties();
    reasonCodes();
    return table.tests;
  }

  private void fixedHeaders(Version version) {
    byte[] one = two(1);
    table.closes(
        version, "[MQTT-3.1.0-2] a second CONNECT", MalformedTable.connect(version).bytes());
    for (int type : List.of(0, 2, 5, 6, 7, 9, 11, 13, 15)) {
      for (int flags = 0; flags < 16; flags++) {
        table.closes(
            version,
            "2.1.2 type " + type + " flags " + flags,
            packet(type << 4 | flags, one, octets(0)));
      }
      table.closes(version, "2.1.2 type " + type + " empty", packet(type << 4));
    }
    Map<Integer, byte[]> bodies =
        Map.of(
            4,
            one,
            8,
            join(one, properties(version), text(MalformedTable.DOWN), octets(1)),
            10,
            join(one, properties(version), text(MalformedTable.DOWN)),
            12,
            new byte[0],
            14,
            new byte[0]);
    new TreeMap<>(bodies)
        .forEach((type, body) -> {
          int right = type == 8 || type == 10 ? 2 : 0;
          for (int flags = 0; flags < 16; flags++) {
            if (flags != right) {
              table.closes(
                  version,
                  "[MQTT-2.1.3-1] type " + type + " flags " + flags,
                  packet(type << 4 | flags, body));
            }
          }
        });
    table.closes(version, "2.1.4 five length bytes", octets(0x30, 0x80, 0x80, 0x80, 0x80, 0x01));
    table.closes(version, "2.1.4 endless length", octets(0x30, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
    table.closes(version, "[MQTT-1.5.5-1] length longer than needed", octets(0xc0, 0x80, 0x00));
    table.closes(version, "PINGREQ with a body", packet(0xc0, octets(0)));
    table.closes(version, "a packet past the bound", join(octets(0x82), Wire.length(1 << 20)));
    table.closes(
        version,
        "the first of two packets is wrong",
        join(packet(0xc1), Wire.publish(version, MalformedTable.TOPIC, 1, "{}")));
  }

  private void publishes(Version version) {
    for (int flags : List.of(0x06, 0x07, 0x0e, 0x0f)) {
      table.closes(
          version,
          "[MQTT-3.3.1-4] QoS 3 flags " + flags,
          Wire.publish(version, flags, MalformedTable.TOPIC, 1, Wire.utf8("{}")));
    }
    for (int flags : List.of(0x04, 0x05, 0x0c, 0x0d)) {
      table.closes(
          version,
          "[MQTT-3.2.2-11] QoS 2 flags " + flags,
          Wire.publish(version, flags, MalformedTable.TOPIC, 1, Wire.utf8("{}")));
    }
    for (int flags : List.of(0x08, 0x09)) {
      table.closes(
          version,
          "[MQTT-3.3.1-2] DUP at QoS 0 flags " + flags,
          Wire.publish(version, flags, MalformedTable.TOPIC, 0, Wire.utf8("{}")));
    }
    table.closes(
        version,
        "[MQTT-2.2.1-3] packet id 0",
        Wire.publish(version, 2, MalformedTable.TOPIC, 0, new byte[0]));
    for (String topic :
        List.of("", "#", "+", "v1/devices/+/status", "v1/devices/button-1/#", "a+", "#a")) {
      for (int flags : List.of(0, 2)) {
        table.closes(
            version,
            "[MQTT-3.3.2-2] topic '" + topic + "' flags " + flags,
            Wire.publish(version, flags, topic, 1, Wire.utf8("{}")));
      }
    }
    MalformedTable.BAD_TEXTS.forEach((what, bad) ->
        table.closes(
            version,
            "[MQTT-3.3.2-1] topic with " + what,
            packet(0x32, binary(bad), two(1), properties(version))));
    byte[] whole = join(text(MalformedTable.TOPIC), two(1), properties(version));
    for (int cut = 0; cut < whole.length; cut++) {
      table.closes(version, "PUBLISH cut at " + cut, packet(0x32, Arrays.copyOf(whole, cut)));
    }
    if (version == Version.V3_1_1) {
      table.closes(version, "not my topic", Wire.publish(version, "v1/devices/other/sos", 1, "{}"));
    }
  }

  private void subscribes(Version version) {
    byte[] head = join(two(1), properties(version));
    table.closes(version, "[MQTT-3.8.3-2] SUBSCRIBE without a filter", packet(0x82, head));
    table.closes(version, "[MQTT-3.10.3-2] UNSUBSCRIBE without a filter", packet(0xa2, head));
    for (int header : List.of(0x82, 0xa2)) {
      byte[] options = header == 0x82 ? octets(1) : new byte[0];
      byte[] body = join(text(MalformedTable.DOWN), options);
      table.closes(
          version,
          "[MQTT-2.2.1-3] packet id 0 " + header,
          packet(header, two(0), properties(version), body));
      byte[] whole = join(head, body);
      for (int cut = 0; cut < whole.length; cut++) {
        table.closes(
            version,
            HexFormat.of().toHexDigits((byte) header) + " cut at " + cut,
            packet(header, Arrays.copyOf(whole, cut)));
      }
      MalformedTable.BAD_TEXTS.forEach((what, bad) ->
          table.closes(
              version,
              "[MQTT-3.8.3-1] [MQTT-3.10.3-1] " + header + " filter with " + what,
              packet(header, head, binary(bad), options)));
      for (String filter : List.of("", "a#", "#/a", "a/#/b", "a+", "+a", "a/+b", "a+/b", "##")) {
        table.closes(
            version,
            "[MQTT-4.7.1-1] " + header + " filter '" + filter + "'",
            packet(header, head, text(filter), options));
      }
      table.closes(
          version,
          "a second filter is cut " + header,
          packet(header, head, body, octets(0, 9, 'x')));
    }
    for (int options = 0; options < 256; options++) {
      boolean wrong =
          (options & 3) == 3
              || (version == Version.V5
                  ? (options & 0xc0) != 0 || (options & 0x30) == 0x30
                  : options > 2);
      if (wrong) {
        table.closes(
            version,
            "[MQTT-3.8.3-5] options " + options,
            Wire.subscribe(version, 1, MalformedTable.DOWN, options));
      }
    }
    if (version == Version.V5) {
      table.closes(
          version,
          "[MQTT-3.8.3-4] no local on a shared filter",
          Wire.subscribe(version, 1, "$share/g/" + MalformedTable.DOWN, 0x05));
      for (String filter : List.of("$share//a", "$share/g", "$share/g/", "$share/+/a", "$share/")) {
        table.closes(
            version, "[MQTT-4.8.2-1] filter " + filter, Wire.subscribe(version, 1, filter, 1));
      }
    }
  }

  private void acknowledgements(Version version) {
    table.closes(version, "PUBACK packet id 0", packet(0x40, two(0)));
    table.closes(version, "PUBACK empty", packet(0x40));
    table.closes(version, "PUBACK cut", packet(0x40, octets(1)));
    table.closes(version, "PUBACK though nothing was sent", packet(0x40, two(1)));
    for (int header : List.of(0x50, 0x62, 0x70)) {
      table.closes(version, "QoS 2 acknowledgement " + header, packet(header, two(1)));
    }
    if (version == Version.V3_1_1) {
      table.closes(version, "PUBACK with more than an id", packet(0x40, two(1), octets(0)));
    }
  }

  private void goodbyes(Version version) {
    if (version == Version.V3_1_1) {
      table.closes(version, "3.1.1 3.14 DISCONNECT with a body", packet(0xe0, octets(0)));
      table.closes(version, "3.1.1 AUTH", packet(0xf0));
    } else {
      table.closes(
          version,
          "3.14.2.2.2 session expiry where CONNECT had none",
          packet(
              0xe0, octets(0), properties(version, property(Properties.SESSION_EXPIRY, four(10)))));
      table.closes(
          version, "[MQTT-4.12.0-6] AUTH", packet(0xf0, octets(0x18), properties(version)));
      table.closes(version, "AUTH of no length", packet(0xf0));
    }
  }

  private void packetProperties() {
    Map<Integer, byte[]> values = MalformedTable.values();
    Version v5 = Version.V5;
    for (int id = 0; id < 128; id++) {
      byte[] one = property(id, values.getOrDefault(id, octets(1)));
      byte[] twice = join(one, one);
      boolean repeats = id == Properties.USER_PROPERTY;
      boolean never = id == Properties.TOPIC_ALIAS || id == Properties.SUBSCRIPTION_IDENTIFIER;
      if (never || !Properties.OF_PUBLISH.contains(id)) {
        table.closes(
            v5,
            "PUBLISH property " + id,
            withProperties(0x32, join(text(MalformedTable.TOPIC), two(1)), one));
      }
      if (!repeats) {
        table.closes(
            v5,
            "PUBLISH property " + id + " twice",
            withProperties(0x32, join(text(MalformedTable.TOPIC), two(1)), twice));
      }
      List<byte[]> bodies = Properties.OF_PUBACK.contains(id) ? List.of() : List.of(one);
      for (byte[] wrong : bodies) {
        table.closes(
            v5, "PUBACK property " + id, withProperties(0x40, join(two(1), octets(0)), wrong));
      }
      if (never || !Properties.OF_SUBSCRIBE.contains(id)) {
        table.closes(
            v5,
            "SUBSCRIBE property " + id,
            packet(0x82, two(1), properties(v5, one), text(MalformedTable.DOWN), octets(1)));
      }
      if (!Properties.OF_UNSUBSCRIBE.contains(id)) {
        table.closes(
            v5,
            "UNSUBSCRIBE property " + id,
            packet(0xa2, two(1), properties(v5, one), text(MalformedTable.DOWN)));
      }
      if (!Properties.OF_DISCONNECT.contains(id)) {
        table.closes(v5, "DISCONNECT property " + id, withProperties(0xe0, octets(0), one));
      } else if (!repeats) {
        table.closes(
            v5, "DISCONNECT property " + id + " twice", withProperties(0xe0, octets(0), twice));
      }
    }
    Map<String, byte[]> wrong = new TreeMap<>();
    wrong.put("3.3.2.3.2 payload format 2", property(Properties.PAYLOAD_FORMAT, octets(2)));
    wrong.put("[MQTT-3.3.2-8] topic alias 0", property(Properties.TOPIC_ALIAS, two(0)));
    wrong.put("[MQTT-3.3.2-9] topic alias past 0", property(Properties.TOPIC_ALIAS, two(1)));
    wrong.put(
        "[MQTT-3.3.4-6] subscription identifier",
        property(Properties.SUBSCRIPTION_IDENTIFIER, octets(1)));
    wrong.put(
        "3.8.2.1.2 subscription identifier 0",
        property(Properties.SUBSCRIPTION_IDENTIFIER, octets(0)));
    wrong.put("[MQTT-3.3.2-14] response topic a/#", property(0x08, text("a/#")));
    wrong.put("[MQTT-3.3.2-14] response topic +", property(0x08, text("+")));
    wrong.put("an empty response topic", property(0x08, text("")));
    wrong.put("a cut expiry", property(Properties.MESSAGE_EXPIRY, two(1)));
    MalformedTable.BAD_TEXTS.forEach((what, bad) -> {
      wrong.put("content type with " + what, property(0x03, binary(bad)));
      wrong.put("response topic with " + what, property(0x08, binary(bad)));
      wrong.put("key with " + what, property(0x26, join(binary(bad), text("v"))));
    });
    wrong.put("33 user properties", MalformedTable.repeated(33));
    wrong.forEach((clause, bytes) ->
        table.closes(
            v5,
            "PUBLISH " + clause,
            withProperties(0x32, join(text(MalformedTable.TOPIC), two(1)), bytes)));
    table.closes(
        v5,
        "3.3.2.3.2 a payload said to be text that isn't",
        packet(
            0x32,
            text(MalformedTable.TOPIC),
            two(1),
            properties(v5, property(Properties.PAYLOAD_FORMAT, octets(1))),
            octets(0xc3, 0x28)));
    table.closes(
        v5,
        "[MQTT-3.3.2-8] no topic and an alias",
        withProperties(0x32, join(text(""), two(1)), property(Properties.TOPIC_ALIAS, two(1))));
    for (int length : List.of(1, 100, 127)) {
      table.closes(
          v5,
          "PUBLISH properties past the end by " + length,
          packet(0x32, text(MalformedTable.TOPIC), two(1), octets(length)));
      table.closes(
          v5,
          "SUBSCRIBE properties past the end by " + length,
          packet(0x82, two(1), octets(length)));
      table.closes(
          v5,
          "DISCONNECT properties past the end by " + length,
          packet(0xe0, octets(0), octets(length)));
    }
    table.closes(
        v5,
        "PUBLISH property length longer than needed",
        packet(0x32, text(MalformedTable.TOPIC), two(1), octets(0x80, 0)));
    table.closes(v5, "DISCONNECT with bytes left over", packet(0xe0, octets(0, 0, 0)));
    table.closes(v5, "PUBACK with bytes left over", packet(0x40, two(1), octets(0, 0, 0)));
  }

  private static byte[] withProperties(int header, byte[] head, byte[] propertyList) {
    return packet(header, head, properties(Version.V5, propertyList));
  }

  private void reasonCodes() {
    Set<Integer> pubAck = Set.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);
    for (int code = 0; code < 256; code++) {
      if (!pubAck.contains(code)) {
        table.closes(
            Version.V5, "[MQTT-3.4.2-1] PUBACK " + code, packet(0x40, two(1), octets(code)));
      }
    }
  }

  /** Every DISCONNECT ends a connection; what tells a wrong one is that it is told so. */
  @TestFactory
  List<DynamicTest> disconnectReasons() {
    Set<Integer> allowed =
        Set.of(0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);
    for (int code = 0; code < 256; code++) {
      int reason = code;
      table.tests.add(
          dynamicTest(
              "[MQTT-3.14.2-1] DISCONNECT " + code,
              () -> {
                Client client = MalformedTable.HOUSE.connects(Version.V5, FakeDirectory.BUTTON);
                client.sends(packet(0xe0, octets(reason)));
                assertTrue(client.isClosed());
                assertEquals(allowed.contains(reason) ? 0 : 1, client.answers().size());
                MalformedTable.HOUSE.forget(client);
              }));
    }
    return table.tests;
  }
}
