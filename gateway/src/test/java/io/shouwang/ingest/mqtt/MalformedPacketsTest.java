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
import static io.shouwang.ingest.mqtt.Wire.userProperty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
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
 * Each clause by which a packet is malformed or a protocol error, as bytes: the connection ends,
 * and nothing was acknowledged. Clauses are MQTT 5.0's unless 3.1.1 is said.
 */
@ExtendWith(LeakWatch.class)
final class MalformedPacketsTest {
  private static final String TOPIC = "v1/devices/button-1/status";
  private static final String DOWN = "v1/devices/button-1/down";

  /** Strings that aren't UTF-8, or hold what MQTT forbids (1.5.4). */
  private static final Map<String, byte[]> BAD_TEXTS =
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

  private static final House HOUSE = new House();

  static {
    HOUSE.intake.acknowledgesAtOnce();
  }

  @AfterAll
  static void nothingIsLeftBehind() {
    assertEquals(0, HOUSE.gauge("shouwang.mqtt.connections"));
    assertEquals(0, HOUSE.gauge("shouwang.mqtt.strangers"));
    HOUSE.close();
  }

  private final List<DynamicTest> tests = new ArrayList<>();

  private void closes(Version version, String clause, byte[]... afterConnect) {
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

  private void refusesToConnect(Version version, String clause, byte[] bytes) {
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

  private static void isOver(Client client) {
    assertTrue(client.isClosed(), "still open");
    List<Client.Answer> answers = client.answers();
    assertTrue(
        answers.stream().allMatch(answer -> answer.type() == 14),
        () -> "answers: " + answers.stream().map(Client.Answer::hex).toList());
  }

  @TestFactory
  List<DynamicTest> connects() {
    for (Version version : Version.values()) {
      fixedHeaderOfConnect(version);
      bodyOfConnect(version);
      textsOfConnect(version);
    }
    propertiesOfConnect();
    return tests;
  }

  private static Wire.Connect connect(Version version) {
    return Wire.connect(version, FakeDirectory.BUTTON);
  }

  private void fixedHeaderOfConnect(Version version) {
    byte[] body = connect(version).body();
    for (int flags = 1; flags < 16; flags++) {
      refusesToConnect(version, "[MQTT-2.1.3-1] flags " + flags, packet(0x10 | flags, body));
    }
    for (int type = 0; type < 16; type++) {
      if (type != 1) {
        refusesToConnect(
            version,
            "[MQTT-3.1.0-1] first packet of type " + type,
            packet(type << 4 | (Set.of(6, 8, 10).contains(type) ? 2 : 0), two(1), body));
      }
    }
    refusesToConnect(
        version, "2.1.4 five length bytes", octets(0x10, 0x80, 0x80, 0x80, 0x80, 0x01));
    refusesToConnect(version, "2.1.4 five length bytes, cut", octets(0x10, 0xff, 0xff, 0xff, 0xff));
    refusesToConnect(
        version,
        "[MQTT-1.5.5-1] a length longer than needed",
        join(octets(0x10, body.length | 0x80, 0), body));
    refusesToConnect(version, "longer than 8 KiB", octets(0x10, 0x81, 0x40));
    refusesToConnect(version, "with 256 MiB announced", octets(0x10, 0xff, 0xff, 0xff, 0x7f));
    refusesToConnect(version, "empty", packet(0x10));
    for (int cut = 0; cut < body.length; cut++) {
      refusesToConnect(version, "cut at " + cut, packet(0x10, Arrays.copyOf(body, cut)));
    }
    refusesToConnect(version, "with a byte left over", packet(0x10, body, octets(0)));
    for (int port : new int[] {0x16, 'G', 'S'}) {
      refusesToConnect(version, "from another protocol " + port, octets(port, 3, 1, 0, 1));
    }
  }

  private void bodyOfConnect(Version version) {
    for (String name : List.of("", "mqtt", "MQTt", "MQIsdp", "MQTT ", "HTTP", "MQTTMQTT")) {
      Wire.Connect connect = connect(version);
      connect.protocol = name;
      refusesToConnect(version, "[MQTT-3.1.2-1] protocol " + name, connect.bytes());
    }
    for (int level : List.of(0, 1, 2, 3, 6, 7, 0x44, 0x83, 0x84, 0x85, 255)) {
      Wire.Connect connect = connect(version);
      connect.level = level;
      refusesToConnect(version, "[MQTT-3.1.2-2] level " + level, connect.bytes());
    }
    refusesToConnect(version, "[MQTT-3.1.2-3] reserved flag", connect(version).flags(0xc3).bytes());
    for (int flags : List.of(0x08, 0x10, 0x18, 0x20, 0x28, 0x30, 0x38)) {
      refusesToConnect(
          version,
          "[MQTT-3.1.2-11] will flags " + flags + " without a will",
          connect(version).flags(0xc2 | flags).bytes());
    }
    refusesToConnect(
        version, "[MQTT-3.1.2-12] will QoS 3", connect(version).will(3, TOPIC, "{}").bytes());
    refusesToConnect(
        version, "[MQTT-3.2.2-12] will QoS 2", connect(version).will(2, TOPIC, "{}").bytes());
    for (String topic : List.of("", "#", "+", "v1/devices/+/status", "v1/devices/button-1/#")) {
      refusesToConnect(
          version, "[MQTT-4.7.1-1] will on " + topic, connect(version).will(1, topic, "").bytes());
    }
    Wire.Connect noWill = connect(version).flags(0xc6);
    refusesToConnect(version, "[MQTT-3.1.3-1] will flag without will", noWill.bytes());
    refusesToConnect(
        version, "user name flag without user name", packet(0x10, noUserName(version)));
    Wire.Connect passwordOnly = connect(version).flags(0x42);
    refusesToConnect(version, "3.1.1 [MQTT-3.1.2-22] password only", passwordOnly.bytes());
    Wire.Connect surplus = connect(version).flags(0x82);
    surplus.extra = text("secret");
    refusesToConnect(version, "password without its flag", surplus.bytes());
    refusesToConnect(version, "[MQTT-3.1.3-8] no client id", connect(version).clientId("").bytes());
    refusesToConnect(
        version,
        "[MQTT-3.1.3-8] no client id, kept session",
        connect(version).clientId("").flags(0xc0).bytes());
  }

  private static byte[] noUserName(Version version) {
    Wire.Connect connect = connect(version);
    connect.userName = new byte[0];
    connect.password = new byte[0];
    return connect.body();
  }

  private void textsOfConnect(Version version) {
    BAD_TEXTS.forEach((what, bad) -> {
      Wire.Connect client = connect(version);
      client.clientId = binary(bad);
      refusesToConnect(version, "client id with " + what, client.bytes());
      Wire.Connect user = connect(version);
      user.userName = binary(bad);
      refusesToConnect(version, "user name with " + what, user.bytes());
      Wire.Connect will = connect(version).flags(0xce);
      will.will = join(properties(version), binary(bad), text(""));
      refusesToConnect(version, "will topic with " + what, will.bytes());
      Wire.Connect protocol = connect(version);
      refusesToConnect(
          version,
          "protocol name with " + what,
          packet(
              0x10, binary(bad), Arrays.copyOfRange(protocol.body(), 6, protocol.body().length)));
    });
  }

  private void propertiesOfConnect() {
    Map<Integer, byte[]> values = values();
    for (int id = 0; id < 128; id++) {
      byte[] value = values.getOrDefault(id, octets(1));
      if (!Properties.OF_CONNECT.contains(id)) {
        refusesToConnect(
            Version.V5,
            "2.2.2.2 with property " + id,
            connect(Version.V5).with(property(id, value)).bytes());
      } else if (id != Properties.USER_PROPERTY) {
        refusesToConnect(
            Version.V5,
            "2.2.2.2 with property " + id + " twice",
            connect(Version.V5)
                .with(
                    property(Properties.AUTHENTICATION_METHOD, text("x")),
                    property(id, value),
                    property(id, value))
                .bytes());
      }
      if (!Properties.OF_WILL.contains(id)) {
        refusesToConnect(
            Version.V5,
            "2.2.2.2 will with property " + id,
            connect(Version.V5).will(1, TOPIC, "{}", property(id, value)).bytes());
      } else if (id != Properties.USER_PROPERTY) {
        refusesToConnect(
            Version.V5,
            "2.2.2.2 will with property " + id + " twice",
            connect(Version.V5)
                .will(1, TOPIC, "{}", property(id, value), property(id, value))
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
    BAD_TEXTS.forEach((what, bad) -> {
      wrong.put("key with " + what, property(0x26, join(binary(bad), text("v"))));
      wrong.put("value with " + what, property(0x26, join(text("k"), binary(bad))));
      wrong.put("method with " + what, property(0x15, binary(bad)));
    });
    wrong.put("17 user properties", repeated(17));
    wrong.forEach((clause, bytes) ->
        refusesToConnect(Version.V5, clause, connect(Version.V5).with(bytes).bytes()));
    BAD_TEXTS.forEach((what, bad) ->
        List.of(Properties.CONTENT_TYPE, Properties.RESPONSE_TOPIC)
            .forEach(id ->
                refusesToConnect(
                    Version.V5,
                    "will property " + id + " with " + what,
                    connect(Version.V5).will(1, TOPIC, "{}", property(id, binary(bad))).bytes())));
    Wire.Connect format = connect(Version.V5).flags(0xce);
    format.will =
        join(
            properties(Version.V5, property(Properties.PAYLOAD_FORMAT, octets(1))),
            text(TOPIC),
            binary(octets(0xff)));
    refusesToConnect(Version.V5, "3.1.3.2.3 a will said to be text that isn't", format.bytes());
    for (int length : List.of(1, 5, 127, 200)) {
      Wire.Connect past = connect(Version.V5);
      past.properties = Wire.length(length);
      refusesToConnect(Version.V5, "properties of length " + length + " that aren't", past.bytes());
    }
  }

  private static byte[] repeated(int times) {
    byte[] all = new byte[0];
    for (int i = 0; i < times; i++) {
      all = join(all, userProperty());
    }
    return all;
  }

  /** A good value for each property there is. */
  private static Map<Integer, byte[]> values() {
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
    return tests;
  }

  private void fixedHeaders(Version version) {
    byte[] one = two(1);
    closes(version, "[MQTT-3.1.0-2] a second CONNECT", connect(version).bytes());
    for (int type : List.of(0, 2, 5, 6, 7, 9, 11, 13, 15)) {
      for (int flags = 0; flags < 16; flags++) {
        closes(
            version,
            "2.1.2 type " + type + " flags " + flags,
            packet(type << 4 | flags, one, octets(0)));
      }
      closes(version, "2.1.2 type " + type + " empty", packet(type << 4));
    }
    Map<Integer, byte[]> bodies =
        Map.of(
            4,
            one,
            8,
            join(one, properties(version), text(DOWN), octets(1)),
            10,
            join(one, properties(version), text(DOWN)),
            12,
            new byte[0],
            14,
            new byte[0]);
    new TreeMap<>(bodies)
        .forEach((type, body) -> {
          int right = type == 8 || type == 10 ? 2 : 0;
          for (int flags = 0; flags < 16; flags++) {
            if (flags != right) {
              closes(
                  version,
                  "[MQTT-2.1.3-1] type " + type + " flags " + flags,
                  packet(type << 4 | flags, body));
            }
          }
        });
    closes(version, "2.1.4 five length bytes", octets(0x30, 0x80, 0x80, 0x80, 0x80, 0x01));
    closes(version, "2.1.4 endless length", octets(0x30, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
    closes(version, "[MQTT-1.5.5-1] length longer than needed", octets(0xc0, 0x80, 0x00));
    closes(version, "PINGREQ with a body", packet(0xc0, octets(0)));
    closes(version, "a packet past the bound", join(octets(0x82), Wire.length(1 << 20)));
    closes(
        version,
        "the first of two packets is wrong",
        join(packet(0xc1), Wire.publish(version, TOPIC, 1, "{}")));
  }

  private void publishes(Version version) {
    for (int flags : List.of(0x06, 0x07, 0x0e, 0x0f)) {
      closes(
          version,
          "[MQTT-3.3.1-4] QoS 3 flags " + flags,
          Wire.publish(version, flags, TOPIC, 1, Wire.utf8("{}")));
    }
    for (int flags : List.of(0x04, 0x05, 0x0c, 0x0d)) {
      closes(
          version,
          "[MQTT-3.2.2-11] QoS 2 flags " + flags,
          Wire.publish(version, flags, TOPIC, 1, Wire.utf8("{}")));
    }
    for (int flags : List.of(0x08, 0x09)) {
      closes(
          version,
          "[MQTT-3.3.1-2] DUP at QoS 0 flags " + flags,
          Wire.publish(version, flags, TOPIC, 0, Wire.utf8("{}")));
    }
    closes(version, "[MQTT-2.2.1-3] packet id 0", Wire.publish(version, 2, TOPIC, 0, new byte[0]));
    for (String topic :
        List.of("", "#", "+", "v1/devices/+/status", "v1/devices/button-1/#", "a+", "#a")) {
      for (int flags : List.of(0, 2)) {
        closes(
            version,
            "[MQTT-3.3.2-2] topic '" + topic + "' flags " + flags,
            Wire.publish(version, flags, topic, 1, Wire.utf8("{}")));
      }
    }
    BAD_TEXTS.forEach((what, bad) ->
        closes(
            version,
            "[MQTT-3.3.2-1] topic with " + what,
            packet(0x32, binary(bad), two(1), properties(version))));
    byte[] whole = join(text(TOPIC), two(1), properties(version));
    for (int cut = 0; cut < whole.length; cut++) {
      closes(version, "PUBLISH cut at " + cut, packet(0x32, Arrays.copyOf(whole, cut)));
    }
    if (version == Version.V3_1_1) {
      closes(version, "not my topic", Wire.publish(version, "v1/devices/other/sos", 1, "{}"));
    }
  }

  private void subscribes(Version version) {
    byte[] head = join(two(1), properties(version));
    closes(version, "[MQTT-3.8.3-2] SUBSCRIBE without a filter", packet(0x82, head));
    closes(version, "[MQTT-3.10.3-2] UNSUBSCRIBE without a filter", packet(0xa2, head));
    for (int header : List.of(0x82, 0xa2)) {
      byte[] options = header == 0x82 ? octets(1) : new byte[0];
      byte[] body = join(text(DOWN), options);
      closes(
          version,
          "[MQTT-2.2.1-3] packet id 0 " + header,
          packet(header, two(0), properties(version), body));
      byte[] whole = join(head, body);
      for (int cut = 0; cut < whole.length; cut++) {
        closes(
            version,
            HexFormat.of().toHexDigits((byte) header) + " cut at " + cut,
            packet(header, Arrays.copyOf(whole, cut)));
      }
      BAD_TEXTS.forEach((what, bad) ->
          closes(
              version,
              "[MQTT-3.8.3-1] [MQTT-3.10.3-1] " + header + " filter with " + what,
              packet(header, head, binary(bad), options)));
      for (String filter : List.of("", "a#", "#/a", "a/#/b", "a+", "+a", "a/+b", "a+/b", "##")) {
        closes(
            version,
            "[MQTT-4.7.1-1] " + header + " filter '" + filter + "'",
            packet(header, head, text(filter), options));
      }
      closes(
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
        closes(
            version,
            "[MQTT-3.8.3-5] options " + options,
            Wire.subscribe(version, 1, DOWN, options));
      }
    }
    if (version == Version.V5) {
      closes(
          version,
          "[MQTT-3.8.3-4] no local on a shared filter",
          Wire.subscribe(version, 1, "$share/g/" + DOWN, 0x05));
      for (String filter : List.of("$share//a", "$share/g", "$share/g/", "$share/+/a", "$share/")) {
        closes(version, "[MQTT-4.8.2-1] filter " + filter, Wire.subscribe(version, 1, filter, 1));
      }
    }
  }

  private void acknowledgements(Version version) {
    closes(version, "PUBACK packet id 0", packet(0x40, two(0)));
    closes(version, "PUBACK empty", packet(0x40));
    closes(version, "PUBACK cut", packet(0x40, octets(1)));
    closes(version, "PUBACK though nothing was sent", packet(0x40, two(1)));
    for (int header : List.of(0x50, 0x62, 0x70)) {
      closes(version, "QoS 2 acknowledgement " + header, packet(header, two(1)));
    }
    if (version == Version.V3_1_1) {
      closes(version, "PUBACK with more than an id", packet(0x40, two(1), octets(0)));
    }
  }

  private void goodbyes(Version version) {
    if (version == Version.V3_1_1) {
      closes(version, "3.1.1 3.14 DISCONNECT with a body", packet(0xe0, octets(0)));
      closes(version, "3.1.1 AUTH", packet(0xf0));
    } else {
      closes(
          version,
          "3.14.2.2.2 session expiry where CONNECT had none",
          packet(
              0xe0, octets(0), properties(version, property(Properties.SESSION_EXPIRY, four(10)))));
      closes(version, "[MQTT-4.12.0-6] AUTH", packet(0xf0, octets(0x18), properties(version)));
      closes(version, "AUTH of no length", packet(0xf0));
    }
  }

  private void packetProperties() {
    Map<Integer, byte[]> values = values();
    Version v5 = Version.V5;
    for (int id = 0; id < 128; id++) {
      byte[] one = property(id, values.getOrDefault(id, octets(1)));
      byte[] twice = join(one, one);
      boolean repeats = id == Properties.USER_PROPERTY;
      boolean never = id == Properties.TOPIC_ALIAS || id == Properties.SUBSCRIPTION_IDENTIFIER;
      if (never || !Properties.OF_PUBLISH.contains(id)) {
        closes(v5, "PUBLISH property " + id, withProperties(0x32, join(text(TOPIC), two(1)), one));
      }
      if (!repeats) {
        closes(
            v5,
            "PUBLISH property " + id + " twice",
            withProperties(0x32, join(text(TOPIC), two(1)), twice));
      }
      List<byte[]> bodies = Properties.OF_PUBACK.contains(id) ? List.of() : List.of(one);
      for (byte[] wrong : bodies) {
        closes(v5, "PUBACK property " + id, withProperties(0x40, join(two(1), octets(0)), wrong));
      }
      if (never || !Properties.OF_SUBSCRIBE.contains(id)) {
        closes(
            v5,
            "SUBSCRIBE property " + id,
            packet(0x82, two(1), properties(v5, one), text(DOWN), octets(1)));
      }
      if (!Properties.OF_UNSUBSCRIBE.contains(id)) {
        closes(
            v5,
            "UNSUBSCRIBE property " + id,
            packet(0xa2, two(1), properties(v5, one), text(DOWN)));
      }
      if (!Properties.OF_DISCONNECT.contains(id)) {
        closes(v5, "DISCONNECT property " + id, withProperties(0xe0, octets(0), one));
      } else if (!repeats) {
        closes(v5, "DISCONNECT property " + id + " twice", withProperties(0xe0, octets(0), twice));
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
    BAD_TEXTS.forEach((what, bad) -> {
      wrong.put("content type with " + what, property(0x03, binary(bad)));
      wrong.put("response topic with " + what, property(0x08, binary(bad)));
      wrong.put("key with " + what, property(0x26, join(binary(bad), text("v"))));
    });
    wrong.put("33 user properties", repeated(33));
    wrong.forEach((clause, bytes) ->
        closes(v5, "PUBLISH " + clause, withProperties(0x32, join(text(TOPIC), two(1)), bytes)));
    closes(
        v5,
        "3.3.2.3.2 a payload said to be text that isn't",
        packet(
            0x32,
            text(TOPIC),
            two(1),
            properties(v5, property(Properties.PAYLOAD_FORMAT, octets(1))),
            octets(0xc3, 0x28)));
    closes(
        v5,
        "[MQTT-3.3.2-8] no topic and an alias",
        withProperties(0x32, join(text(""), two(1)), property(Properties.TOPIC_ALIAS, two(1))));
    for (int length : List.of(1, 100, 127)) {
      closes(
          v5,
          "PUBLISH properties past the end by " + length,
          packet(0x32, text(TOPIC), two(1), octets(length)));
      closes(
          v5,
          "SUBSCRIBE properties past the end by " + length,
          packet(0x82, two(1), octets(length)));
      closes(
          v5,
          "DISCONNECT properties past the end by " + length,
          packet(0xe0, octets(0), octets(length)));
    }
    closes(
        v5,
        "PUBLISH property length longer than needed",
        packet(0x32, text(TOPIC), two(1), octets(0x80, 0)));
    closes(v5, "DISCONNECT with bytes left over", packet(0xe0, octets(0, 0, 0)));
    closes(v5, "PUBACK with bytes left over", packet(0x40, two(1), octets(0, 0, 0)));
  }

  private static byte[] withProperties(int header, byte[] head, byte[] propertyList) {
    return packet(header, head, properties(Version.V5, propertyList));
  }

  private void reasonCodes() {
    Set<Integer> pubAck = Set.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);
    for (int code = 0; code < 256; code++) {
      if (!pubAck.contains(code)) {
        closes(Version.V5, "[MQTT-3.4.2-1] PUBACK " + code, packet(0x40, two(1), octets(code)));
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
      tests.add(
          dynamicTest(
              "[MQTT-3.14.2-1] DISCONNECT " + code,
              () -> {
                Client client = HOUSE.connects(Version.V5, FakeDirectory.BUTTON);
                client.sends(packet(0xe0, octets(reason)));
                assertTrue(client.isClosed());
                assertEquals(allowed.contains(reason) ? 0 : 1, client.answers().size());
                HOUSE.forget(client);
              }));
    }
    return tests;
  }
}
