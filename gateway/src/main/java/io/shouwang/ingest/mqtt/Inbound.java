package io.shouwang.ingest.mqtt;

import io.netty.buffer.ByteBuf;
import io.shouwang.intake.Acknowledgement;
import io.shouwang.intake.ContactReader;
import io.shouwang.intake.EventReader;
import io.shouwang.intake.Lane;
import io.shouwang.intake.ReplyReader;
import io.shouwang.intake.Submission;
import io.shouwang.intake.Utf8;
import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Input;
import io.shouwang.model.Signal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a client says after CONNECT. On its connection's event loop. */
final class Inbound {
  /**
   * So many alarms and replies of one client are under way to the disk at once, at any QoS; past it
   * the client isn't read until some are there. Who floods the alarm lane waits before it, and not
   * in it, where everybody else's press would wait behind.
   */
  private static final int ALARMS_UNDER_WAY_MAX = 64;

  private final Connection connection;
  private final Services services;
  private final MqttSettings.Limits limits;
  private boolean sessionResumed;

  /** The packet that ends the connection could be read, and what was to ring in it rings. */
  private boolean rung;

  private int unacknowledged;
  private int alarmsUnderWay;
  private int heldMessages;
  private long heldBytes;
  private @Nullable ByteBuf acks;
  private @Nullable CompletableFuture<Void> settled;
  private @Nullable Long changedExpirySeconds;

  Inbound(Connection connection) {
    this.connection = connection;
    this.services = connection.services();
    this.limits = services.limits();
  }

  void sessionResumed(boolean resumed) {
    sessionResumed = resumed;
  }

  /** What the client said about its session when it left; null if nothing. */
  @Nullable Long changedExpirySeconds() {
    return changedExpirySeconds;
  }

  /** The client has lost its rights: nothing is kept for it. */
  void revoked() {
    changedExpirySeconds = 0L;
  }

  /**
   * Takes one packet.
   *
   * @param admitted false if the line broke before the client was told that it is welcome: then
   *     only what it has published counts
   * @throws Refusal if the packet ends the connection
   */
  void take(int header, ByteBuf body, boolean admitted) {
    Packet packet =
        PacketReader.read(
            header, body, connection.connected().version(), limits.userPropertiesMax());
    if (!admitted && !(packet instanceof Packet.Publish)) {
      return;
    }
    switch (packet) {
      case Packet.Publish publish -> publish(publish);
      case Packet.PubAck pubAck -> outbound().confirmed(pubAck);
      case Packet.Subscribe subscribe -> outbound().subscribe(subscribe);
      case Packet.Unsubscribe unsubscribe -> outbound().unsubscribe(unsubscribe);
      case Packet.Ping _ ->
          connection.channel().writeAndFlush(PacketWriter.pong(connection.channel().alloc()));
      case Packet.Disconnect disconnect -> disconnect(disconnect);
      case Packet.Connect _ -> throw Refusal.protocol("[MQTT-3.1.0-2] a second CONNECT");
    }
  }

  private Outbound outbound() {
    Outbound outbound = connection.outbound();
    if (outbound == null) {
      throw new IllegalStateException("an open connection has both directions");
    }
    return outbound;
  }

  private void disconnect(Packet.Disconnect disconnect) {
    Long expiry = disconnect.sessionExpirySeconds();
    if (expiry != null && expiry > 0 && connection.connected().sessionExpirySeconds() == 0) {
      throw Refusal.protocol("3.14.2.2.2 a session expiry where CONNECT had none");
    }
    changedExpirySeconds = expiry;
    connection.goodbye(disconnect.withWill());
  }

  // ---- PUBLISH

  private void publish(Packet.Publish publish) {
    switch (connection.peer().target(publish.topic(), services.directory().get())) {
      case Peer.Target.Event target -> publishEvent(publish, target);
      case Peer.Target.Reply target -> publishReply(publish, target);
      case Peer.Target.Contact target -> publishContact(publish, target);
      case Peer.Target.Refused() -> {
        requireServable(publish);
        refusePublish(publish, Reason.NOT_AUTHORIZED, "somebody else's topic");
      }
    }
  }

  /** What ends the connection, although the packet is well-formed. */
  private void requireServable(Packet.Publish publish) {
    if (publish.qos() == 2) {
      throw new Refusal(Reason.QOS_NOT_SUPPORTED, "[MQTT-3.2.2-11] QoS 2");
    }
    if (publish.payload().length > limits.payloadBytesMax()) {
      throw new Refusal(Reason.PACKET_TOO_LARGE, "a payload past the bound");
    }
    if (publish.qos() == 1 && connection.isV5() && unacknowledged >= limits.receiveMaximum()) {
      throw new Refusal(Reason.RECEIVE_MAXIMUM_EXCEEDED, "[MQTT-3.3.4-9] more than it was told");
    }
  }

  /** An act is refused: never with a success code. */
  private void refusePublish(Packet.Publish publish, Reason reason, String why) {
    if (publish.qos() == 0 || !connection.isV5()) {
      throw new Refusal(reason, why);
    }
    services.counters().refusedPublish();
    write(publish.id(), reason);
    flushAcks();
  }

  private void publishEvent(Packet.Publish publish, Peer.Target.Event target) {
    boolean confirmed = publish.qos() == 1;
    List<DeviceEvent> events =
        EventReader.read(
            target.device(),
            target.hub(),
            target.kind(),
            confirmed
                ? new DeviceEvent.Packet(publish.id(), publish.dup() && sessionResumed)
                : null,
            publish.payload());
    try {
      requireServable(publish);
    } catch (Refusal refusal) {
      for (DeviceEvent event : events) {
        if (event.isAlarm()) {
          submit(event, Acknowledgement.NONE);
        }
      }
      rung = true;
      throw refusal;
    }
    Lane lane =
        events.stream().anyMatch(e -> Lane.of(e) == Lane.ALARM) ? Lane.ALARM : Lane.TELEMETRY;
    Acknowledgement acknowledgement =
        confirmed || lane == Lane.ALARM
            ? awaited(publish.id(), lane, events.size(), false)
            : Acknowledgement.NONE;
    for (DeviceEvent event : events) {
      submit(event, acknowledgement, !confirmed);
    }
  }

  private void publishReply(Packet.Publish publish, Peer.Target.Reply target) {
    requireServable(publish);
    switch (ReplyReader.read(publish.payload())) {
      case ReplyReader.Result.Unreadable(String why) -> {
        services.counters().unreadable();
        refusePublish(publish, Reason.PAYLOAD_FORMAT_INVALID, why);
      }
      case ReplyReader.Result.Read(var reply) -> {
        Acknowledgement acknowledgement = awaited(publish.id(), Lane.ALARM, 1, true);
        submit(
            new Input.ReplyReceived(reply, target.by(), false, "mqtt"),
            Lane.ALARM,
            acknowledgement,
            publish.payload().length,
            false);
      }
    }
  }

  private void publishContact(Packet.Publish publish, Peer.Target.Contact target) {
    requireServable(publish);
    switch (ContactReader.read(publish.payload(), null)) {
      case ContactReader.Result.Unreadable(String why) -> {
        services.counters().unreadable();
        refusePublish(publish, Reason.PAYLOAD_FORMAT_INVALID, why);
      }
      case ContactReader.Result.Read(var report) -> {
        Acknowledgement acknowledgement = awaited(publish.id(), Lane.TELEMETRY, 1, true);
        submit(
            new Input.ContactRecorded(report, target.by(), false, "mqtt"),
            Lane.TELEMETRY,
            acknowledgement,
            publish.payload().length,
            false);
      }
    }
  }

  private Acknowledgement awaited(int packetId, Lane lane, int inputs, boolean tellsAnswer) {
    if (lane == Lane.ALARM) {
      alarmsUnderWay++;
      if (alarmsUnderWay >= ALARMS_UNDER_WAY_MAX) {
        connection.pause(Pause.FOR_ALARMS);
      }
    }
    unacknowledged += packetId > 0 ? 1 : 0;
    if (!connection.isV5() && unacknowledged >= limits.receiveMaximum()) {
      // MQTT 3.1.1 can't be told a bound, so it isn't read past it.
      connection.pause(Pause.FOR_ACKS);
    }
    return new PublishAck(this, connection.room(), packetId, lane, inputs, tellsAnswer);
  }

  private void submit(DeviceEvent event, Acknowledgement acknowledgement) {
    submit(event, acknowledgement, false);
  }

  private void submit(DeviceEvent event, Acknowledgement acknowledgement, boolean atMostOnce) {
    Lane lane = Lane.of(event);
    services.counters().event(lane);
    if (event.signal() instanceof Signal.Unreadable) {
      services.counters().unreadable();
    }
    submit(
        new Input.EventReceived(event),
        lane,
        acknowledgement,
        event.payload().length(),
        atMostOnce && lane == Lane.TELEMETRY);
  }

  private void submit(
      Input input, Lane lane, Acknowledgement acknowledgement, int bytes, boolean mayBeShed) {
    connection
        .room()
        .submit(
            this,
            new Submission(input, lane, services.clock().nanos(), acknowledgement),
            bytes,
            mayBeShed);
  }

  /**
   * A packet is refused; if it is an alarm on a topic of the device's own, it rings all the same.
   */
  void ringAnyway(int header, ByteBuf body, String why) {
    if (rung || header >> 4 != PacketReader.PUBLISH || body.readableBytes() < 2) {
      return;
    }
    int start = body.readerIndex();
    int length = body.getUnsignedShort(start);
    if (body.readableBytes() < 2 + length) {
      return;
    }
    byte[] name = new byte[length];
    body.getBytes(start + 2, name);
    if (!Utf8.isText(name)) {
      return;
    }
    String topic = new String(name, StandardCharsets.UTF_8);
    if (connection.peer().target(topic, services.directory().get())
            instanceof Peer.Target.Event target
        && target.kind().isAlarmKind()) {
      int packetIdBytes = (header & 0x06) == 0 ? 0 : 2;
      int from = Math.min(body.writerIndex(), start + 2 + length + packetIdBytes);
      byte[] rest = new byte[body.writerIndex() - from];
      body.getBytes(from, rest);
      submit(
          EventReader.unreadable(target.device(), target.hub(), target.kind(), null, rest, why),
          Acknowledgement.NONE);
    }
  }

  // ---- a full lane

  /**
   * Whether a reading of QoS 0 is given up, since half of what may wait does. It would fill the
   * other half, and then its client isn't read: not its press either, for as long as the disk is
   * full.
   */
  boolean sheds() {
    boolean much =
        heldMessages >= limits.heldMessagesMax() / 2
            || heldBytes >= limits.heldBytesMax() / 2
            || services.heldBytesInAll().get() >= limits.heldBytesInAllMax() / 2;
    if (much) {
      services.counters().shed();
    }
    return much;
  }

  /** A message waits for its lane. */
  void holds(int bytes) {
    services.counters().held();
    heldMessages++;
    heldBytes += bytes;
    if (heldMessages >= limits.heldMessagesMax()
        || heldBytes >= limits.heldBytesMax()
        || services.heldBytesInAll().get() >= limits.heldBytesInAllMax()) {
      connection.pause(Pause.FOR_LANE);
    }
  }

  /** A message has got into its lane. */
  void released(int bytes) {
    heldMessages--;
    heldBytes -= bytes;
    if (heldMessages <= limits.heldMessagesMax() / 2 && heldBytes <= limits.heldBytesMax() / 2) {
      connection.resume(Pause.FOR_LANE);
    }
  }

  // ---- PUBACK

  /**
   * What a PUBLISH said is on disk; true if there is something to flush, and was nothing before.
   */
  boolean acknowledged(PublishAck ack) {
    if (ack.lane() == Lane.ALARM) {
      alarmsUnderWay--;
      if (alarmsUnderWay <= ALARMS_UNDER_WAY_MAX / 2) {
        connection.resume(Pause.FOR_ALARMS);
      }
    }
    return ack.packetId() > 0 && appendAck(ack.packetId(), ack.reason());
  }

  private boolean appendAck(int packetId, Reason reason) {
    unacknowledged--;
    if (connection.isOver()) {
      return false;
    }
    if (!connection.isV5() && reason == Reason.NOT_AUTHORIZED) {
      connection.close(reason, "an answer or a contact that is not its own to give", true);
      return false;
    }
    boolean first = acks == null;
    write(packetId, connection.isV5() ? reason : Reason.SUCCESS);
    return first;
  }

  private void write(int packetId, Reason reason) {
    ByteBuf out = acks;
    if (out == null) {
      out = connection.channel().alloc().buffer(64);
      acks = out;
    }
    PacketWriter.pubAck(out, packetId, reason);
  }

  void flushAcks() {
    ByteBuf out = acks;
    if (out != null) {
      acks = null;
      connection.channel().writeAndFlush(out);
    }
    if (unacknowledged < limits.receiveMaximum()) {
      connection.resume(Pause.FOR_ACKS);
    }
    settleIfAnswered();
  }

  void releaseAcks() {
    ByteBuf out = acks;
    if (out != null) {
      acks = null;
      out.release();
    }
    settleIfAnswered();
  }

  /** Reads no more; completes the future when all that was said is answered, or it is over. */
  void settle(CompletableFuture<Void> whenAnswered) {
    connection.pause(Pause.FOR_GOOD);
    settled = whenAnswered;
    settleIfAnswered();
  }

  private void settleIfAnswered() {
    if (settled != null && (unacknowledged == 0 || connection.isOver())) {
      settled.complete(null);
    }
  }

  // ---- the will

  /** The will of a client that goes without a goodbye. Its right to it is checked as it fires. */
  Sessions.PendingWill pendingWill(Packet.Will will) {
    long delay = Math.min(will.delaySeconds(), limits.willDelayMax().toSeconds());
    return new Sessions.PendingWill(
        services.clock().nanos() + TimeUnit.SECONDS.toNanos(delay),
        () -> connection.onLoop(() -> fire(will)));
  }

  private void fire(Packet.Will will) {
    if (!connection.isStillKnown()) {
      services.counters().refusedPublish();
      return;
    }
    switch (connection.peer().target(will.topic(), services.directory().get())) {
      case Peer.Target.Event target ->
          EventReader.read(target.device(), target.hub(), target.kind(), null, will.payload())
              .forEach(event -> submit(event, Acknowledgement.NONE));
      case Peer.Target.Reply target -> {
        if (ReplyReader.read(will.payload()) instanceof ReplyReader.Result.Read(var reply)) {
          submit(
              new Input.ReplyReceived(reply, target.by(), false, "mqtt"),
              Lane.ALARM,
              Acknowledgement.NONE,
              will.payload().length,
              false);
        } else {
          services.counters().unreadable();
        }
      }
      // Nobody visits by dying.
      case Peer.Target.Contact _, Peer.Target.Refused() -> services.counters().refusedPublish();
    }
  }
}
