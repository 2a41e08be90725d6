package io.shouwang.ingest.mqtt;

import io.shouwang.intake.Credentials;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;

/** Whether a CONNECT is let in, and as whom. */
final class Greeting {
  /** A client that takes less can't even be told that it is welcome. */
  private static final int CLIENT_PACKET_BYTES_MIN = 64;

  private Greeting() {}

  /**
   * Whether a client that was let in would be let in as the same today: rights don't outlive the
   * registration and the secret they rest on.
   */
  static boolean stillHolds(
      Packet.Connect connect, Peer peer, Credentials credentials, Directory directory) {
    byte[] password = connect.password();
    return password != null
        && credentials.accept(peer.id(), password)
        && Peer.of(peer.id(), directory).equals(peer);
  }

  /**
   * Who it is.
   *
   * @throws Refusal if it isn't let in; an unknown name and a wrong secret look the same
   */
  static Peer check(Packet.Connect connect, Credentials credentials, Directory directory) {
    if (connect.authenticationMethod() != null) {
      throw new Refusal(Reason.BAD_AUTHENTICATION_METHOD, "extended authentication");
    }
    String name = connect.userName();
    byte[] password = connect.password();
    if (name == null || password == null || !Identity.isValid(name)) {
      throw new Refusal(Reason.BAD_USER_NAME_OR_PASSWORD, "no user name, no password, or no name");
    }
    if (!credentials.accept(name, password)) {
      throw new Refusal(Reason.BAD_USER_NAME_OR_PASSWORD, "unknown name or wrong secret");
    }
    Peer peer = Peer.of(name, directory);
    if (!peer.mayUseClientId(connect.clientId())) {
      throw new Refusal(Reason.CLIENT_ID_NOT_VALID, "a client id that isn't the identity's");
    }
    if (connect.maximumPacketSize() < CLIENT_PACKET_BYTES_MIN) {
      throw new Refusal(Reason.PACKET_TOO_LARGE, "a client that takes less than 64 bytes");
    }
    Packet.Will will = connect.will();
    if (will != null) {
      if (will.qos() > 1) {
        throw new Refusal(Reason.QOS_NOT_SUPPORTED, "[MQTT-3.2.2-12] a will of QoS 2");
      }
      if (peer.target(will.topic(), directory) instanceof Peer.Target.Refused) {
        throw new Refusal(Reason.NOT_AUTHORIZED, "a will on somebody else's topic");
      }
    }
    return peer;
  }
}
