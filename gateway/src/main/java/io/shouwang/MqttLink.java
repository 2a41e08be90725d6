package io.shouwang;

import io.shouwang.ingest.mqtt.MqttEndpoint;
import io.shouwang.ingest.mqtt.Outgoing;
import io.shouwang.notify.mqtt.Link;
import org.jspecify.annotations.Nullable;

/**
 * The channel's way to the endpoint, which is opened after it. What is sent before that stays in
 * the mailbox until somebody subscribes. Any thread.
 */
final class MqttLink implements Link {
  private volatile @Nullable MqttEndpoint endpoint;

  void connect(MqttEndpoint opened) {
    endpoint = opened;
  }

  @Override
  public void sendToAll(String identity, Message message) {
    MqttEndpoint open = endpoint;
    if (open != null) {
      open.sendToAll(identity, outgoing(message));
    }
  }

  @Override
  public void send(String client, Message message) {
    MqttEndpoint open = endpoint;
    if (open != null) {
      open.send(client, outgoing(message));
    }
  }

  private static Outgoing outgoing(Message message) {
    return new Outgoing(message.token(), message.payload(), message.expiresAt());
  }
}
