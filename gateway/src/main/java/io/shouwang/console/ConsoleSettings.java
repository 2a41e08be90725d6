package io.shouwang.console;

import io.shouwang.map.MapPlan;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the console listens, and its limits.
 *
 * @param port 0 for any free one
 * @param tls a second listener with TLS, or null
 * @param outside a listener for the internet, with nothing but what relatives and providers need
 * @param map what the map is drawn on
 */
public record ConsoleSettings(
    String host,
    int port,
    @Nullable Tls tls,
    Limits limits,
    @Nullable Outside outside,
    MapPlan map) {

  /** Without a listener for the internet. */
  public ConsoleSettings(String host, int port, @Nullable Tls tls, Limits limits) {
    this(host, port, tls, limits, null, MapPlan.STANDARD);
  }

  /** Plain HTTP with the usual limits. */
  public static ConsoleSettings plain(String host, int port) {
    return new ConsoleSettings(host, port, null, Limits.DEFAULTS);
  }

  public ConsoleSettings withLimits(Limits others) {
    return new ConsoleSettings(host, port, tls, others, outside, map);
  }

  public ConsoleSettings withOutside(Outside other) {
    return new ConsoleSettings(host, port, tls, limits, other, map);
  }

  public ConsoleSettings withMap(MapPlan other) {
    return new ConsoleSettings(host, port, tls, limits, outside, other);
  }

  /**
   * HTTPS from PEM files.
   *
   * @param certificate the chain, the server's own first
   * @param key its private key, PKCS #8, not encrypted
   */
  public record Tls(String host, int port, Path certificate, Path key) {}

  /**
   * The listener for the internet.
   *
   * @param port 0 for any free one
   * @param tls whether it speaks TLS, on the same port; null for plain HTTP
   * @param callbacks whether providers call back there, too
   * @param alsoInside whether what is served there is still served inside
   * @param trustedProxies whose {@code X-Forwarded-For} is believed
   * @param connections at a time
   * @param connectionsPerAddress of these, from one address (IPv6: one /64)
   * @param connectionsPerSecond new ones, over all addresses
   * @param missesPerMinute requests of one address for what isn't there, beyond which it gets 429
   */
  public record Outside(
      String host,
      int port,
      @Nullable Tls tls,
      boolean callbacks,
      boolean alsoInside,
      Set<InetAddress> trustedProxies,
      int connections,
      int connectionsPerAddress,
      int connectionsPerSecond,
      int missesPerMinute) {

    public Outside {
      trustedProxies = Set.copyOf(trustedProxies);
    }
  }

  /**
   * What bounds a client.
   *
   * @param headTimeout from a request's first byte to the end of its headers
   * @param idleTimeout without a byte either way, after which a connection is cut
   * @param bodyBytesPerSecondMin a body that comes slower is cut
   * @param roomWait how long a full lane is waited for before 503
   * @param syncWait how long the disk is waited for before 503; with roomWait less than idleTimeout
   * @param heartbeat between two signs of life of the live feed
   * @param streams watchers of the live feed, in all
   * @param streamsPerCaller of these, of one caller: nobody shuts out the others
   * @param failedLoginsPerMinute of one address, beyond which it gets 429
   */
  public record Limits(
      int connections,
      int headBytes,
      Duration headTimeout,
      Duration idleTimeout,
      int bodyBytesPerSecondMin,
      Duration roomWait,
      Duration syncWait,
      Duration heartbeat,
      int streams,
      int streamsPerCaller,
      int streamQueueChanges,
      int streamRingChanges,
      int failedLoginsPerMinute) {

    public static final Limits DEFAULTS =
        new Limits(
            2_000,
            8 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            256,
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            200,
            20,
            256,
            1_024,
            20);

    /** The same, for another number of connections. */
    Limits withConnections(int most) {
      return new Limits(
          most,
          headBytes,
          headTimeout,
          idleTimeout,
          bodyBytesPerSecondMin,
          roomWait,
          syncWait,
          heartbeat,
          streams,
          streamsPerCaller,
          streamQueueChanges,
          streamRingChanges,
          failedLoginsPerMinute);
    }
  }
}
