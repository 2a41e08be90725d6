package io.shouwang.sim.wire;

/**
 * One MQTT connection of one identity, used once: connect, talk, close. Each call blocks until the
 * gateway has answered or the endpoint's patience is over. The session is persistent: what the
 * gateway queued for this client arrives after {@link #connect}, and {@link Listener#arrived} may
 * run before connect returns.
 */
public interface Wire extends AutoCloseable {
  /** Told by the connection's own thread; it must not publish from there. */
  interface Listener {
    /** A message; it is acknowledged to the gateway when this returns normally. */
    void arrived(String topic, byte[] payload);

    /** The connection ended without our asking. */
    void lost(String why);
  }

  /** Connects with the persistent session of this client. */
  void connect(Listener listener) throws WireException;

  /** Subscribes at QoS 1. */
  void subscribe(String topic) throws WireException;

  /** Publishes at QoS 1 and returns when the PUBACK is in. */
  void publish(String topic, byte[] payload) throws WireException;

  /** Says goodbye if it can, and gives up its threads. Never throws; a second call does nothing. */
  @Override
  void close();
}
