package io.shouwang.ingest.mqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A packet a client may send, checked by {@link PacketReader}. Compared by nobody. */
@SuppressWarnings("ArrayRecordComponent")
sealed interface Packet {

  /**
   * CONNECT, 3.1.
   *
   * @param keepAliveSeconds 0 for none
   * @param sessionExpirySeconds as said; for 3.1.1, that of a session without end or 0
   * @param receiveMaximum how many messages of QoS 1 the client takes at once
   * @param maximumPacketSize in bytes
   */
  record Connect(
      Version version,
      boolean cleanStart,
      int keepAliveSeconds,
      String clientId,
      @Nullable Will will,
      @Nullable String userName,
      byte @Nullable [] password,
      long sessionExpirySeconds,
      int receiveMaximum,
      long maximumPacketSize,
      @Nullable String authenticationMethod)
      implements Packet {}

  /** What a client wants published when its connection ends without a goodbye. */
  record Will(String topic, int qos, long delaySeconds, byte[] payload) {}

  /**
   * PUBLISH, 3.3.
   *
   * @param id 0 at QoS 0
   */
  record Publish(boolean dup, int qos, String topic, int id, byte[] payload) implements Packet {}

  /**
   * PUBACK, 3.4.
   *
   * @param refused the client gave a reason why it didn't take the message
   */
  record PubAck(int id, boolean refused) implements Packet {}

  /** SUBSCRIBE, 3.8. */
  record Subscribe(int id, List<Filter> filters) implements Packet {}

  /** One filter of a SUBSCRIBE. */
  record Filter(String topic, int qos) {}

  /** UNSUBSCRIBE, 3.10. */
  record Unsubscribe(int id, List<String> topics) implements Packet {}

  /** PINGREQ, 3.12. */
  record Ping() implements Packet {}

  /**
   * DISCONNECT, 3.14.
   *
   * @param withWill the will is to be published all the same
   * @param sessionExpirySeconds a changed session expiry, or null
   */
  record Disconnect(boolean withWill, @Nullable Long sessionExpirySeconds) implements Packet {}
}
