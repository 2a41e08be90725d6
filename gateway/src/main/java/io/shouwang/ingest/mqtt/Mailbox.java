package io.shouwang.ingest.mqtt;

/**
 * Whoever has messages for clients. Called on event loops: must neither block nor throw. It sends
 * by {@link MqttEndpoint#send}, also from within these calls.
 */
public interface Mailbox {

  /**
   * The client listens from now on: it has subscribed, or has come back to a session in which it
   * had. What still waits for it should be sent; what is on its way already isn't sent twice.
   */
  void ready(String identity, String client);

  /** The client has confirmed the message. */
  void confirmed(String identity, String client, String token);

  /** The message was written to a client that confirms nothing: it subscribed at QoS 0. */
  void handedOver(String identity, String client, String token);

  /** The message won't reach this client. */
  void dropped(String identity, String client, String token, Drop why);

  /** Why a message was given up. */
  enum Drop {
    /** It was still waiting when its time ran out. */
    EXPIRED,
    /** Longer than the client takes. */
    TOO_LARGE,
    /** Too many wait for this client. */
    QUEUE_FULL,
    /** The client answered with an error. */
    REFUSED
  }
}
