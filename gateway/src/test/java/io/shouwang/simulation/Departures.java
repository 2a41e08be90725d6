package io.shouwang.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.shouwang.alerts.Delivery;
import io.shouwang.model.DeliveryKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Stands at the door: whatever leaves the house must be on the platter, and its addressee's. */
final class Departures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Story story;
  private final Ledger ledger;

  Departures(Story story, Ledger ledger) {
    this.story = story;
    this.ledger = ledger;
  }

  /** Checks a packet; returns the key of the ring that it is, if it is one. */
  @Nullable DeliveryKey check(Wire wire, MqttMessage message) {
    MqttMessageType type = message.fixedHeader().messageType();
    if (type == MqttMessageType.PUBACK) {
      MqttMessageIdVariableHeader header = (MqttMessageIdVariableHeader) message.variableHeader();
      boolean refused =
          header instanceof MqttPubReplyMessageVariableHeader reply
              && (reply.reasonCode() & 0x80) != 0;
      Act act = wire.act(header.messageId());
      if (act != null && !refused) {
        require(ledger.holds(act), "PUBACK for " + act);
        if (act.isAlarm() && ledger.ringsOf(act).isEmpty()) {
          throw new Broken("NothingSwallowsAnAlarm", act + " raised nothing");
        }
      }
    } else if (type == MqttMessageType.PUBLISH) {
      MqttPublishMessage publish = (MqttPublishMessage) message;
      return told(wire, publish.payload().toString(StandardCharsets.UTF_8));
    }
    return null;
  }

  private @Nullable DeliveryKey told(Wire wire, String payload) {
    JsonNode json;
    try {
      json = JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new Broken("TheContractHolds", "no JSON: " + payload);
    }
    String to = wire.client().identity();
    String alert = json.path("alert").asText();
    if (json.has("delivery")) {
      DeliveryKey key = DeliveryKey.parse(json.path("delivery").asText());
      Ledger.Message message = ledger.message(key);
      require(message != null, "ring " + key + " to " + to);
      require(
          message != null
              && message.to() instanceof Delivery.ToResponder responder
              && responder.responder().value().equals(to),
          "ring " + key + " to " + to + ", which is somebody else's");
      story.trace().add("rings " + to + " " + key + " " + json.path("cause").asText());
      return key;
    } else {
      Delivery.Cause cause =
          switch (json.path("type").asText()) {
            case "received" -> Delivery.Cause.TELL_RECEIVED;
            case "accepted" -> Delivery.Cause.TELL_ACCEPTED;
            default -> Delivery.Cause.TELL_CLOSED;
          };
      require(ledger.hasTold(to, alert, cause), "down to " + to + ": " + payload);
      story.trace().add("tells " + to + " " + json.path("type").asText() + " " + alert);
      return null;
    }
  }

  private static void require(boolean durable, String what) {
    if (!durable) {
      throw new Broken("NothingLeavesBeforeItsReceipt", what);
    }
  }
}
