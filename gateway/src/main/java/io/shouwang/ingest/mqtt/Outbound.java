package io.shouwang.ingest.mqtt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client hears: its one subscription, and the messages for it. On its event loop. */
final class Outbound {
  private static final int GRANTED_QOS_MAX = 1;
  private static final int NO_SUBSCRIPTION = 0x11;

  private final Connection connection;
  private final Services services;
  private final Channel channel;
  private final Version version;
  private final Outbox outbox;
  private final String topic;
  private final int window;
  private final boolean present;
  private @Nullable Integer subscribedQos;
  private boolean sentAny;

  Outbound(Connection connection, Sessions.Held session) {
    this.connection = connection;
    this.services = connection.services();
    this.channel = connection.channel();
    this.version = connection.connected().version();
    this.outbox = session.outbox();
    this.topic = connection.peer().subscription();
    this.window = Math.min(connection.connected().receiveMaximum(), services.limits().sendWindow());
    this.present = session.present();
    this.subscribedQos = session.subscribedQos();
  }

  /** Sends again what a resumed session had on its way ([MQTT-4.4.0-1]), then asks for more. */
  void start() {
    for (Map.Entry<Integer, Outgoing> entry : outbox.onTheirWay()) {
      write(entry.getValue(), entry.getKey(), true);
    }
    if (subscribedQos != null) {
      services.mailbox().ready(connection.peer().id(), connection.client());
    }
  }

  // ---- SUBSCRIBE

  void subscribe(Packet.Subscribe subscribe) {
    List<Packet.Filter> filters = subscribe.filters();
    byte[] codes = new byte[filters.size()];
    boolean refused = false;
    Integer granted = null;
    for (int i = 0; i < codes.length; i++) {
      Packet.Filter filter = filters.get(i);
      if (filter.topic().equals(topic)) {
        granted = Math.min(filter.qos(), GRANTED_QOS_MAX);
        codes[i] = granted.byteValue();
      } else {
        refused = true;
        services.counters().refusedSubscribe();
        codes[i] = (byte) (version == Version.V5 ? refusal(filter.topic()).code() : 0x80);
      }
    }
    // Once more what holds already changes nothing: what waits is on its way.
    boolean news = granted != null && !granted.equals(subscribedQos);
    if (news) {
      subscribedQos = granted;
      services.sessions().subscribed(connection, granted);
    }
    channel.writeAndFlush(PacketWriter.subAck(channel.alloc(), version, subscribe.id(), codes));
    if (refused && version == Version.V3_1_1) {
      throw new Refusal(Reason.NOT_AUTHORIZED, "a subscription to somebody else's topic");
    }
    if (news) {
      services.mailbox().ready(connection.peer().id(), connection.client());
    }
  }

  private static Reason refusal(String filter) {
    if (Topics.isShared(filter)) {
      return Reason.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
    }
    return Topics.hasWildcard(filter)
        ? Reason.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED
        : Reason.NOT_AUTHORIZED;
  }

  void unsubscribe(Packet.Unsubscribe unsubscribe) {
    byte[] codes = new byte[unsubscribe.topics().size()];
    for (int i = 0; i < codes.length; i++) {
      if (subscribedQos != null && unsubscribe.topics().get(i).equals(topic)) {
        subscribedQos = null;
        services.sessions().subscribed(connection, null);
        outbox.forgetWaiting();
      } else {
        codes[i] = NO_SUBSCRIPTION;
      }
    }
    channel.writeAndFlush(PacketWriter.unsubAck(channel.alloc(), version, unsubscribe.id(), codes));
  }

  // ---- messages

  void send(Outgoing message) {
    if (subscribedQos == null) {
      return;
    }
    if (outbox.waitingCount() >= services.limits().sendQueueMax()) {
      dropped(message, Mailbox.Drop.QUEUE_FULL);
    } else if (outbox.add(message)) {
      pump();
    }
  }

  /** Puts on their way as many as the window and the line take. */
  void pump() {
    boolean wrote = false;
    Outgoing message;
    while (outbox.onTheirWayCount() < window
        && channel.isWritable()
        && subscribedQos != null
        && (message = outbox.peek()) != null) {
      Mailbox.Drop obstacle = obstacle(message);
      if (obstacle != null) {
        outbox.drop();
        dropped(message, obstacle);
      } else if (subscribedQos == 0) {
        outbox.drop();
        handOver(message);
        wrote = true;
      } else {
        write(message, outbox.dispatch(), false);
        wrote = true;
      }
    }
    if (wrote) {
      channel.flush();
    }
  }

  private Mailbox.@Nullable Drop obstacle(Outgoing message) {
    if (message.expiresAt() != null && !services.clock().wall().isBefore(message.expiresAt())) {
      return Mailbox.Drop.EXPIRED;
    }
    long bytes = PacketWriter.publishBytesMax(topic, message.payload().length());
    return bytes > connection.connected().maximumPacketSize() ? Mailbox.Drop.TOO_LARGE : null;
  }

  private void dropped(Outgoing message, Mailbox.Drop why) {
    services.counters().dropped(why);
    services.mailbox().dropped(connection.peer().id(), connection.client(), message.token(), why);
  }

  private void handOver(Outgoing message) {
    write(message, 0, false)
        .addListener(future -> {
          if (future.isSuccess()) {
            services
                .mailbox()
                .handedOver(connection.peer().id(), connection.client(), message.token());
          }
        });
  }

  private ChannelFuture write(Outgoing message, int id, boolean dup) {
    sentAny = true;
    return channel.write(
        PacketWriter.publish(
            channel.alloc(),
            version,
            topic,
            id,
            dup,
            message.payload().bytes(),
            expirySeconds(message.expiresAt())));
  }

  private long expirySeconds(@Nullable Instant expiresAt) {
    if (expiresAt == null) {
      return -1;
    }
    long millis = Duration.between(services.clock().wall(), expiresAt).toMillis();
    return Math.clamp((millis + 999) / 1000, 0, PacketReader.WITHOUT_END);
  }

  void confirmed(Packet.PubAck pubAck) {
    Outgoing message = outbox.arrived(pubAck.id());
    if (message == null) {
      if (!sentAny && !present) {
        throw Refusal.protocol("PUBACK on a connection that was sent nothing");
      }
      // A late one, of a session that is no more.
      services.counters().unknownPubAck();
      return;
    }
    if (pubAck.refused()) {
      dropped(message, Mailbox.Drop.REFUSED);
    } else {
      outbox.confirmed(message.token());
      services.mailbox().confirmed(connection.peer().id(), connection.client(), message.token());
    }
    pump();
  }
}
