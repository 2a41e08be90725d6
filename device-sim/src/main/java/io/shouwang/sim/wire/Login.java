package io.shouwang.sim.wire;

/** Who connects: the MQTT client id, the identity (the user name) and its secret (the password). */
public record Login(String clientId, String identity, String secret) {
  /** A device, or a responder with one client: the client id equals the identity. */
  public static Login of(String identity, String secret) {
    return new Login(identity, identity, secret);
  }

  /** One of several clients of a responder, {@code identity.name}. */
  public Login client(String name) {
    return new Login(identity + "." + name, identity, secret);
  }

  @Override
  public String toString() {
    return clientId + " (as " + identity + ")";
  }
}
