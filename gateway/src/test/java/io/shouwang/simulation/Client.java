package io.shouwang.simulation;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client of MQTT 3.1.1 or 5.0 as a library would make it: connects again and again, and sends
 * what wasn't acknowledged once more, as a redelivery if its session was kept.
 */
final class Client {
  private static final int KEEP_ALIVE_SECONDS = 300;
  private static final long ANSWER_WITHIN_MILLIS = 15_000;

  /** What its owner does with what it hears. */
  interface Owner {
    void heard(String payload);

    default void accepted(Act act) {}
  }

  /** An act on its way. */
  static final class Sending {
    final Act act;
    int packetId;
    int times;

    /** Whether each time it was sent again was in the session it was first sent in. */
    boolean sameSession = true;

    Sending(Act act) {
      this.act = act;
    }
  }

  private final Story story;
  private final Agenda agenda;
  private final Random random;
  private final String identity;
  private final String clientId;
  private final String topic;
  private final MqttVersion version;
  private final boolean keepsSession;
  private final MqttQoS listensAt;
  private final boolean isDevice;
  private final Owner owner;
  private final Map<Integer, Sending> inFlight = new LinkedHashMap<>();
  private final ArrayDeque<Sending> waiting = new ArrayDeque<>();
  private @Nullable Wire wire;
  private boolean wantsLine;
  private boolean online;
  private boolean listening;
  private long lastHeardNanos;
  private long onlineSinceNanos;
  private int packetIds;

  Client(Story story, String identity, String suffix, boolean isDevice, Owner owner) {
    this.story = story;
    this.agenda = story.agenda();
    this.random = story.random();
    this.identity = identity;
    this.clientId = identity + suffix;
    this.topic =
        isDevice ? "v1/devices/" + identity + "/down" : "v1/responders/" + identity + "/alerts";
    this.version = random.nextBoolean() ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1;
    this.keepsSession = random.nextInt(4) != 0;
    this.listensAt = random.nextInt(8) == 0 ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE;
    this.isDevice = isDevice;
    this.owner = owner;
  }

  SimulatedClock clock() {
    return story.clock();
  }

  SimulatedGateway gateway() {
    return story.gateway();
  }

  String identity() {
    return identity;
  }

  @Nullable Wire wire() {
    return wire;
  }

  boolean isIdle() {
    return inFlight.isEmpty() && waiting.isEmpty();
  }

  /** Whether what is sent to it must have come by now. */
  boolean listensSince(long nanos) {
    Wire line = wire;
    return line != null
        && line.isHealthy()
        && online
        && listening
        && onlineSinceNanos <= clock().nanos() - nanos;
  }

  // ---- coming and going

  /** Wants a connection from now on. */
  void come() {
    wantsLine = true;
    if (wire == null) {
      dial();
    }
  }

  /** Goes away, for as long as its owner likes. */
  void go() {
    wantsLine = false;
    drop();
  }

  private void drop() {
    Wire line = wire;
    if (line != null) {
      wire = null;
      online = false;
      listening = false;
      line.closeByClient();
    }
  }

  private void dial() {
    if (!wantsLine || wire != null) {
      return;
    }
    Wire line = gateway().accept(this);
    if (line == null) {
      agenda.between(500, 6_000, this::dial);
      return;
    }
    wire = line;
    boolean isV5 = version == MqttVersion.MQTT_5;
    MqttProperties properties = new MqttProperties();
    if (isV5 && keepsSession) {
      properties.add(new MqttProperties.IntegerProperty(17, 86_400));
    }
    MqttProperties willProperties = new MqttProperties();
    if (isV5) {
      willProperties.add(new MqttProperties.IntegerProperty(24, packetIds % 40));
    }
    line.send(
        MqttMessageBuilders.connect()
            .willFlag(isDevice)
            .willTopic("v1/devices/" + identity + "/status")
            .willMessage("{\"online\":false}".getBytes(StandardCharsets.UTF_8))
            .willProperties(willProperties)
            .protocolVersion(version)
            .clientId(clientId)
            .cleanSession(!keepsSession)
            .keepAlive(KEEP_ALIVE_SECONDS)
            .hasUser(true)
            .username(identity)
            .hasPassword(true)
            .password(District.secret(identity))
            .properties(properties)
            .build(),
        0,
        null);
    giveUpUnlessHeard(line, ANSWER_WITHIN_MILLIS);
  }

  /** A line that doesn't answer is given up, and another tried. */
  private void giveUpUnlessHeard(Wire line, long withinMillis) {
    long askedNanos = clock().nanos();
    agenda.between(
        withinMillis,
        withinMillis + 1,
        () -> {
          if (wire == line && lastHeardNanos < askedNanos) {
            drop();
            agenda.between(100, 3_000, this::dial);
          }
        });
  }

  /** The line is gone. */
  void lost(Wire line) {
    if (wire == line) {
      wire = null;
      online = false;
      listening = false;
      inFlight.values().removeIf(sending -> !sending.act.isReadable());
      agenda.between(200, 8_000, this::dial);
    }
  }

  // ---- saying

  Sending say(Act act) {
    Sending sending = new Sending(act);
    waiting.add(sending);
    flush();
    return sending;
  }

  private void flush() {
    while (online && !waiting.isEmpty() && inFlight.size() < 10) {
      Sending next = waiting.remove();
      next.packetId = nextPacketId();
      inFlight.put(next.packetId, next);
      publish(next, false);
    }
  }

  private int nextPacketId() {
    packetIds = packetIds == 65_535 ? 1 : packetIds + 1;
    return packetIds;
  }

  private void publish(Sending sending, boolean dup) {
    Wire line = wire;
    if (line == null) {
      return;
    }
    sending.times++;
    story
        .trace()
        .add(
            clientId
                + (dup ? " says again " : sending.times > 1 ? " repeats " : " says ")
                + sending.act.topic()
                + " "
                + sending.act.payload());
    line.send(
        new MqttPublishMessage(
            new MqttFixedHeader(MqttMessageType.PUBLISH, dup, MqttQoS.AT_LEAST_ONCE, false, 0),
            new MqttPublishVariableHeader(sending.act.topic(), sending.packetId),
            Unpooled.wrappedBuffer(sending.act.bytes())),
        sending.packetId,
        sending.act);
    giveUpUnlessHeard(line, ANSWER_WITHIN_MILLIS);
    agenda.between(
        ANSWER_WITHIN_MILLIS,
        2 * ANSWER_WITHIN_MILLIS,
        () -> {
          if (wire == line && inFlight.get(sending.packetId) == sending) {
            drop(); // it isn't acknowledged: as libraries do, a new line and once more
            agenda.between(100, 3_000, this::dial);
          }
        });
  }

  // ---- hearing

  void hear(Wire line, MqttMessage message) {
    if (wire != line) {
      return;
    }
    lastHeardNanos = clock().nanos();
    switch (message.fixedHeader().messageType()) {
      case CONNACK -> welcomed((MqttConnAckMessage) message);
      case SUBACK -> {
        listening = true;
        onlineSinceNanos = clock().nanos();
      }
      case PUBACK -> acknowledged((MqttMessageIdVariableHeader) message.variableHeader());
      case PUBLISH -> heard(line, (MqttPublishMessage) message);
      default -> {}
    }
  }

  private void welcomed(MqttConnAckMessage welcome) {
    if (welcome.variableHeader().connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
      story.trace().add(clientId + " isn't let in: " + welcome.variableHeader());
      return; // the line closes, and it tries again
    }
    boolean present = welcome.variableHeader().isSessionPresent();
    story.trace().add(clientId + (present ? " is back in its session" : " is in"));
    online = true;
    onlineSinceNanos = clock().nanos();
    Wire line = wire;
    if (line == null) {
      return;
    }
    line.send(
        MqttMessageBuilders.subscribe()
            .messageId(nextPacketId())
            .addSubscription(listensAt, topic)
            .build(),
        0,
        null);
    List<Sending> again = List.copyOf(inFlight.values());
    if (present) {
      again.forEach(sending -> publish(sending, true));
    } else {
      inFlight.clear();
      for (Sending sending : again) {
        sending.sameSession = false;
        sending.packetId = nextPacketId();
        inFlight.put(sending.packetId, sending);
        publish(sending, false);
      }
    }
    flush();
    ping(line);
  }

  private void ping(Wire line) {
    agenda.between(
        KEEP_ALIVE_SECONDS * 900L,
        KEEP_ALIVE_SECONDS * 1_000L,
        () -> {
          if (wire == line && online) {
            line.send(MqttMessage.PINGREQ, 0, null);
            giveUpUnlessHeard(line, ANSWER_WITHIN_MILLIS);
            ping(line);
          }
        });
  }

  private void acknowledged(MqttMessageIdVariableHeader header) {
    Sending sending = inFlight.remove(header.messageId());
    boolean refused =
        header instanceof MqttPubReplyMessageVariableHeader reply
            && (reply.reasonCode() & 0x80) != 0;
    if (sending != null && !refused) {
      story.acknowledged(sending);
      owner.accepted(sending.act);
    }
    flush();
  }

  private void heard(Wire line, MqttPublishMessage message) {
    String payload = message.payload().toString(StandardCharsets.UTF_8);
    message.release();
    int id = message.variableHeader().packetId();
    if (message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
      line.send(
          new MqttMessage(
              new MqttFixedHeader(MqttMessageType.PUBACK, false, MqttQoS.AT_MOST_ONCE, false, 2),
              MqttMessageIdVariableHeader.from(id)),
          0,
          null);
    }
    owner.heard(payload);
  }
}
