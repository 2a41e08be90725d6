package io.shouwang.notify.mqtt;

import io.shouwang.model.Payload;
import java.time.Instant;

/** The connections, as this channel needs them. Any thread; never blocks. */
public interface Link {

  /**
   * A message on its way to a client.
   *
   * @param token comes back when the client confirms it
   */
  record Message(String token, Payload payload, Instant expiresAt) {}

  /** Sends to each client of an identity that is connected and subscribed. */
  void sendToAll(String identity, Message message);

  /** Sends to one client. */
  void send(String client, Message message);
}
