package io.shouwang.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import io.shouwang.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second opinion on each packet that we write and read: Netty's own codec as the client. */
@ExtendWith(LeakWatch.class)
final class NettyCodecAgreesTest {

  @ParameterizedTest
  @EnumSource(Version.class)
  void onEveryPacket(Version version) {
    EmbeddedChannel codec = new EmbeddedChannel(new MqttDecoder(1 << 16), MqttEncoder.INSTANCE);
    try (House house = new House()) {
      house.intake.acknowledgesAtOnce();
      Client client = house.opens(version);
      MqttConnectMessage hello =
          MqttMessageBuilders.connect()
              .protocolVersion(version == Version.V5 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1)
              .clientId("button-1")
              .username("button-1")
              .password("secret".getBytes(StandardCharsets.UTF_8))
              .cleanSession(true)
              .keepAlive(60)
              .willFlag(true)
              .willQoS(MqttQoS.AT_LEAST_ONCE)
              .willTopic("v1/devices/button-1/status")
              .willMessage("{}".getBytes(StandardCharsets.UTF_8))
              .build();
      // The decoder learns the version as a server does: from the CONNECT it sees.
      byte[] connect = encoded(codec, hello);
      codec.writeInbound(Unpooled.wrappedBuffer(connect));
      ReferenceCountUtil.release(codec.readInbound());
      client.sends(connect);
      MqttConnAckMessage welcome = (MqttConnAckMessage) decoded(codec, client).getFirst();
      assertEquals(0, welcome.variableHeader().connectReturnCode().byteValue());
      if (version == Version.V5) {
        var maximumQos = welcome.variableHeader().properties().getProperty(0x24);
        assertEquals(1, maximumQos.value());
      }

      client.sends(
          encoded(
              codec,
              MqttMessageBuilders.subscribe()
                  .messageId(3)
                  .addSubscription(MqttQoS.AT_LEAST_ONCE, "v1/devices/button-1/down")
                  .build()));
      client.sends(
          encoded(
              codec,
              MqttMessageBuilders.publish()
                  .topicName("v1/devices/button-1/sos")
                  .qos(MqttQoS.AT_LEAST_ONCE)
                  .messageId(4)
                  .payload(Unpooled.copiedBuffer("{}", StandardCharsets.UTF_8))
                  .build()));
      client.sends(
          encoded(
              codec,
              MqttMessageBuilders.unsubscribe()
                  .messageId(5)
                  .addTopicFilter("v1/devices/button-1/other")
                  .build()));
      client.sends(encoded(codec, MqttMessage.PINGREQ));
      house.endpoint.send(
          "button-1",
          new Outgoing(
              "t",
              Payload.of("{\"type\":\"received\"}".getBytes(StandardCharsets.UTF_8)),
              House.START.plusSeconds(9)));
      List<MqttMessage> answers = decoded(codec, client);
      assertEquals(
          List.of(
              MqttMessageType.SUBACK,
              MqttMessageType.PUBACK,
              MqttMessageType.UNSUBACK,
              MqttMessageType.PINGRESP,
              MqttMessageType.PUBLISH),
          answers.stream().map(answer -> answer.fixedHeader().messageType()).toList());
      MqttPublishMessage down = (MqttPublishMessage) answers.getLast();
      assertEquals("v1/devices/button-1/down", down.variableHeader().topicName());
      assertEquals("{\"type\":\"received\"}", down.payload().toString(StandardCharsets.UTF_8));
      if (version == Version.V5) {
        MqttProperties.@Nullable MqttProperty<?> expiry =
            down.variableHeader().properties().getProperty(Properties.MESSAGE_EXPIRY);
        assertNotNull(expiry);
        assertEquals(9, expiry.value());
      }
      answers.forEach(ReferenceCountUtil::release);
      assertTrue(client.channel.isOpen());
    }
    codec.finishAndReleaseAll();
  }

  private static byte[] encoded(EmbeddedChannel codec, MqttMessage message) {
    codec.writeOutbound(message);
    ByteBuf out = Unpooled.buffer();
    for (ByteBuf part = codec.readOutbound(); part != null; part = codec.readOutbound()) {
      out.writeBytes(part);
      part.release();
    }
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    out.release();
    return bytes;
  }

  private static List<MqttMessage> decoded(EmbeddedChannel codec, Client client) {
    List<MqttMessage> messages = new ArrayList<>();
    for (Client.Answer answer : client.answers()) {
      codec.writeInbound(
          Unpooled.wrappedBuffer(
              Wire.octets(answer.header()), Wire.length(answer.body().length), answer.body()));
      MqttMessage message = codec.readInbound();
      assertTrue(message.decoderResult().isSuccess(), () -> "" + message.decoderResult().cause());
      messages.add(message);
    }
    return messages;
  }
}
