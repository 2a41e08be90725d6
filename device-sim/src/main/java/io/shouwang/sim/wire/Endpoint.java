package io.shouwang.sim.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway is and how to speak to it.
 *
 * @param tls whom to trust, or null for a plain connection
 * @param version which MQTT to speak
 * @param patience how long one connect, subscribe or publish may take
 */
public record Endpoint(
    String host, int port, @Nullable Tls tls, Version version, Duration patience) {
  /** The two versions of MQTT the contract names. */
  public enum Version {
    V3_1_1,
    V5
  }

  /** A connection for {@code login}, not yet connected. */
  public Wire wire(Login login) {
    return switch (version) {
      case V3_1_1 -> new PahoV3Wire(this, login);
      case V5 -> new PahoV5Wire(this, login);
    };
  }

  String uri() {
    String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return (tls == null ? "tcp://" : "ssl://") + literal + ":" + port;
  }

  @Override
  public String toString() {
    return host + ":" + port + (tls == null ? "" : " (TLS)");
  }
}
