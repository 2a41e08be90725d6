package io.shouwang.console;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the console listens, and its limits.
 *
 * @param port 0 for any free one
 * @param tls a second listener with TLS, or null
 */
public record ConsoleSettings(String host, int port, @Nullable Tls tls, Limits limits) {

  /** Plain HTTP with the usual limits. */
  public static ConsoleSettings plain(String host, int port) {
    return new ConsoleSettings(host, port, null, Limits.DEFAULTS);
  }

  public ConsoleSettings withLimits(Limits others) {
    return new ConsoleSettings(host, port, tls, others);
  }

  /**
   * HTTPS from PEM files.
   *
   * @param certificate the chain, the server's own first
   * @param key its private key, PKCS #8, not encrypted
   */
  public record Tls(String host, int port, Path certificate, Path key) {}

  /**
   * What bounds a client.
   *
   * @param headTimeout from a request's first byte to the end of its headers
   * @param idleTimeout without a byte either way, after which a connection is cut
   * @param bodyBytesPerSecondMin a body that comes slower is cut
   * @param roomWait how long a full lane is waited for before 503
   * @param syncWait how long the disk is waited for before 503; with roomWait less than idleTimeout
   * @param heartbeat between two signs of life of the live feed
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
            256,
            1_024,
            20);
  }
}
