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

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each clause by which a CONNECT is malformed or a protocol error, as bytes: the connection ends,
 * and nothing was acknowledged. Clauses are MQTT 5.0's unless 3.1.1 is said.
 */
@ExtendWith(LeakWatch.class)
final class MalformedConnectTest {
  private final MalformedTable table = new MalformedTable();

  @AfterAll
  static void nothingIsLeftBehind() {
    MalformedTable.nothingIsLeftBehind();
  }

  @TestFactory
  List<DynamicTest> connects() {
    for (Version version : Version.values()) {
      fixedHeaderOfConnect(version);
      bodyOfConnect(version);
      textsOfConnect(version);
    }
    propertiesOfConnect();
    return table.tests;
  }

  private void fixedHeaderOfConnect(Version version) {
    byte[] body = MalformedTable.connect(version).body();
    for (int flags = 1; flags < 16; flags++) {
      table.refusesToConnect(version, "[MQTT-2.1.3-1] flags " + flags, packet(0x10 | flags, body));
    }
    for (int type = 0; type < 16; type++) {
      if (type != 1) {
        table.refusesToConnect(
            version,
            "[MQTT-3.1.0-1] first packet of type " + type,
            packet(type << 4 | (Set.of(6, 8, 10).contains(type) ? 2 : 0), two(1), body));
      }
    }
    table.refusesToConnect(
        version, "2.1.4 five length bytes", octets(0x10, 0x80, 0x80, 0x80, 0x80, 0x01));
    table.refusesToConnect(
        version, "2.1.4 five length bytes, cut", octets(0x10, 0xff, 0xff, 0xff, 0xff));
    table.refusesToConnect(
        version,
        "[MQTT-1.5.5-1] a length longer than needed",
        join(octets(0x10, body.length | 0x80, 0), body));
    table.refusesToConnect(version, "longer than 8 KiB", octets(0x10, 0x81, 0x40));
    table.refusesToConnect(version, "with 256 MiB announced", octets(0x10, 0xff, 0xff, 0xff, 0x7f));
    table.refusesToConnect(version, "empty", packet(0x10));
    for (int cut = 0; cut < body.length; cut++) {
      table.refusesToConnect(version, "cut at " + cut, packet(0x10, Arrays.copyOf(body, cut)));
    }
    table.refusesToConnect(version, "with a byte left over", packet(0x10, body, octets(0)));
    for (int port : new int[] {0x16, 'G', 'S'}) {
      table.refusesToConnect(version, "from another protocol " + port, octets(port, 3, 1, 0, 1));
    }
  }

  private void bodyOfConnect(Version version) {
    for (String name : List.of("", "mqtt", "MQTt", "MQIsdp", "MQTT ", "HTTP", "MQTTMQTT")) {
      Wire.Connect connect = MalformedTable.connect(version);
      connect.protocol = name;
      table.refusesToConnect(version, "[MQTT-3.1.2-1] protocol " + name, connect.bytes());
    }
    for (int level : List.of(0, 1, 2, 3, 6, 7, 0x44, 0x83, 0x84, 0x85, 255)) {
      Wire.Connect connect = MalformedTable.connect(version);
      connect.level = level;
      table.refusesToConnect(version, "[MQTT-3.1.2-2] level " + level, connect.bytes());
    }
    table.refusesToConnect(
        version,
        "[MQTT-3.1.2-3] reserved flag",
        MalformedTable.connect(version).flags(0xc3).bytes());
    for (int flags : List.of(0x08, 0x10, 0x18, 0x20, 0x28, 0x30, 0x38)) {
      table.refusesToConnect(
          version,
          "[MQTT-3.1.2-11] will flags " + flags + " without a will",
          MalformedTable.connect(version).flags(0xc2 | flags).bytes());
    }
    table.refusesToConnect(
        version,
        "[MQTT-3.1.2-12] will QoS 3",
        MalformedTable.connect(version).will(3, MalformedTable.TOPIC, "{}").bytes());
    table.refusesToConnect(
        version,
        "[MQTT-3.2.2-12] will QoS 2",
        MalformedTable.connect(version).will(2, MalformedTable.TOPIC, "{}").bytes());
    for (String topic : List.of("", "#", "+", "v1/devices/+/status", "v1/devices/button-1/#")) {
      table.refusesToConnect(
          version,
          "[MQTT-4.7.1-1] will on " + topic,
          MalformedTable.connect(version).will(1, topic, "").bytes());
    }
    Wire.Connect noWill = MalformedTable.connect(version).flags(0xc6);
    table.refusesToConnect(version, "[MQTT-3.1.3-1] will flag without will", noWill.bytes());
    table.refusesToConnect(
        version, "user name flag without user name", packet(0x10, noUserName(version)));
    Wire.Connect passwordOnly = MalformedTable.connect(version).flags(0x42);
    table.refusesToConnect(version, "3.1.1 [MQTT-3.1.2-22] password only", passwordOnly.bytes());
    Wire.Connect surplus = MalformedTable.connect(version).flags(0x82);
    surplus.extra = text("secret");
    table.refusesToConnect(version, "password without its flag", surplus.bytes());
    table.refusesToConnect(
        version,
        "[MQTT-3.1.3-8] no client id",
        MalformedTable.connect(version).clientId("").bytes());
    table.refusesToConnect(
        version,
        "[MQTT-3.1.3-8] no client id, kept session",
        MalformedTable.connect(version).clientId("").flags(0xc0).bytes());
  }

  private static byte[] noUserName(Version version) {
    Wire.Connect connect = MalformedTable.connect(version);
    connect.userName = new byte[0];
    connect.password = new byte[0];
    return connect.body();
  }

  private void textsOfConnect(Version version) {
    MalformedTable.BAD_TEXTS.forEach((what, bad) -> {
      Wire.Connect client = MalformedTable.connect(version);
      client.clientId = binary(bad);
      table.refusesToConnect(version, "client id with " + what, client.bytes());
      Wire.Connect user = MalformedTable.connect(version);
      user.userName = binary(bad);
      table.refusesToConnect(version, "user name with " + what, user.bytes());
      Wire.Connect will = MalformedTable.connect(version).flags(0xce);
      will.will = join(properties(version), binary(bad), text(""));
      table.refusesToConnect(version, "will topic with " + what, will.bytes());
      Wire.Connect protocol = MalformedTable.connect(version);
      table.refusesToConnect(
          version,
          "protocol name with " + what,
          packet(
              0x10, binary(bad), Arrays.copyOfRange(protocol.body(), 6, protocol.body().length)));
    });
  }

  private void propertiesOfConnect() {
    Map<Integer, byte[]> values = MalformedTable.values();
    for (int id = 0; id < 128; id++) {
      byte[] value = values.getOrDefault(id, octets(1));
      if (!Properties.OF_CONNECT.contains(id)) {
        table.refusesToConnect(
            Version.V5,
            "2.2.2.2 with property " + id,
            MalformedTable.connect(Version.V5).with(property(id, value)).bytes());
      } else if (id != Properties.USER_PROPERTY) {
        table.refusesToConnect(
            Version.V5,
            "2.2.2.2 with property " + id + " twice",
            MalformedTable.connect(Version.V5)
                .with(
                    property(Properties.AUTHENTICATION_METHOD, text("x")),
                    property(id, value),
                    property(id, value))
                .bytes());
      }
      if (!Properties.OF_WILL.contains(id)) {
        table.refusesToConnect(
            Version.V5,
            "2.2.2.2 will with property " + id,
            MalformedTable.connect(Version.V5)
                .will(1, MalformedTable.TOPIC, "{}", property(id, value))
                .bytes());
      } else if (id != Properties.USER_PROPERTY) {
        table.refusesToConnect(
            Version.V5,
            "2.2.2.2 will with property " + id + " twice",
            MalformedTable.connect(Version.V5)
                .will(1, MalformedTable.TOPIC, "{}", property(id, value), property(id, value))
                .bytes());
      }
    }
    Map<String, byte[]> wrong = new TreeMap<>();
    wrong.put("3.1.2.11.3 receive maximum 0", property(Properties.RECEIVE_MAXIMUM, two(0)));
    wrong.put("3.1.2.11.4 packet size 0", property(Properties.MAXIMUM_PACKET_SIZE, four(0)));
    wrong.put(
        "3.1.2.11.6 response information 2",
        property(Properties.REQUEST_RESPONSE_INFORMATION, octets(2)));
    wrong.put(
        "3.1.2.11.7 problem information 2",
        property(Properties.REQUEST_PROBLEM_INFORMATION, octets(2)));
    wrong.put(
        "3.1.2.11.10 data without method", property(Properties.AUTHENTICATION_DATA, text("x")));
    wrong.put("4.12 a method", property(Properties.AUTHENTICATION_METHOD, text("x")));
    wrong.put("a cut property", property(Properties.SESSION_EXPIRY, two(1)));
    wrong.put("an id longer than needed", octets(0x91, 0x00, 0, 0, 0, 1));
    wrong.put("an id of two bytes", octets(0x91, 0x01, 0, 0, 0, 1));
    wrong.put("an endless id", octets(0xff, 0xff, 0xff, 0xff, 0xff));
    MalformedTable.BAD_TEXTS.forEach((what, bad) -> {
      wrong.put("key with " + what, property(0x26, join(binary(bad), text("v"))));
      wrong.put("value with " + what, property(0x26, join(text("k"), binary(bad))));
      wrong.put("method with " + what, property(0x15, binary(bad)));
    });
    wrong.put("17 user properties", MalformedTable.repeated(17));
    wrong.forEach((clause, bytes) ->
        table.refusesToConnect(
            Version.V5, clause, MalformedTable.connect(Version.V5).with(bytes).bytes()));
    MalformedTable.BAD_TEXTS.forEach((what, bad) ->
        List.of(Properties.CONTENT_TYPE, Properties.RESPONSE_TOPIC)
            .forEach(id ->
                table.refusesToConnect(
                    Version.V5,
                    "will property " + id + " with " + what,
                    MalformedTable.connect(Version.V5)
                        .will(1, MalformedTable.TOPIC, "{}", property(id, binary(bad)))
                        .bytes())));
    Wire.Connect format = MalformedTable.connect(Version.V5).flags(0xce);
    format.will =
        join(
            properties(Version.V5, property(Properties.PAYLOAD_FORMAT, octets(1))),
            text(MalformedTable.TOPIC),
            binary(octets(0xff)));
    table.refusesToConnect(
        Version.V5, "3.1.3.2.3 a will said to be text that isn't", format.bytes());
    for (int length : List.of(1, 5, 127, 200)) {
      Wire.Connect past = MalformedTable.connect(Version.V5);
      past.properties = Wire.length(length);
      table.refusesToConnect(
          Version.V5, "properties of length " + length + " that aren't", past.bytes());
    }
  }
}
