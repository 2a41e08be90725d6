package io.shouwang;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.shouwang.ingest.mqtt.MqttEndpoint;

/**
 * A client without a socket, for {@link Rehearsal}: says what it is told, confirms what it hears.
 */
final class RehearsalClient {
  private final String id;
  private final boolean v5;
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private int packetId;

  /** Connects and subscribes. */
  RehearsalClient(MqttEndpoint endpoint, String id, int protocolLevel, String subscription) {
    this.id = id;
    this.v5 = protocolLevel == 5;
    endpoint.initialize(channel);
    ByteBuf connect = text(Unpooled.buffer(), "MQTT");
    connect.writeByte(protocolLevel).writeByte(0xc2).writeShort(60);
    noProperties(connect);
    text(text(text(connect, id), id), "secret");
    send(0x10, connect);
    ByteBuf subscribe = noProperties(Unpooled.buffer().writeShort(1));
    send(0x82, text(subscribe, subscription).writeByte(1));
    settle();
  }

  String id() {
    return id;
  }

  /** PUBLISH at QoS 1. */
  void publish(String topic, String payload) {
    packetId = packetId == 65_535 ? 1 : packetId + 1;
    ByteBuf body = noProperties(text(Unpooled.buffer(), topic).writeShort(packetId));
    ByteBufUtil.writeUtf8(body, payload);
    send(0x32, body);
  }

  private ByteBuf noProperties(ByteBuf body) {
    return v5 ? body.writeByte(0) : body;
  }

  private static ByteBuf text(ByteBuf body, String text) {
    body.writeShort(ByteBufUtil.utf8Bytes(text));
    ByteBufUtil.writeUtf8(body, text);
    return body;
  }

  private void send(int header, ByteBuf body) {
    ByteBuf packet = Unpooled.buffer().writeByte(header);
    int rest = body.readableBytes();
    while (rest > 0x7f) {
      packet.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    channel.writeInbound(packet.writeByte(rest).writeBytes(body));
  }

  /** Hears what came and confirms it; false when there was nothing. */
  boolean settle() {
    channel.runPendingTasks();
    boolean heard = false;
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      heard = true;
      if (out.getUnsignedByte(0) >> 4 == 3) {
        int lengthOctets = 1;
        while ((out.getByte(lengthOctets) & 0x80) != 0) {
          lengthOctets++;
        }
        int topicAt = 1 + lengthOctets;
        int idAt = topicAt + 2 + out.getUnsignedShort(topicAt);
        send(0x40, Unpooled.buffer(2).writeShort(out.getUnsignedShort(idAt)));
      }
      out.release();
    }
    return heard;
  }
}
