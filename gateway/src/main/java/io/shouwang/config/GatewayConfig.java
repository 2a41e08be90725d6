package io.shouwang.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@code gateway.yaml}: where the gateway listens, what it allows itself, what it
 * keeps. None of them takes part in a decision.
 *
 * @param zone civil time: what people read, and what days and quiet hours go by
 */
public record GatewayConfig(
    Mqtt mqtt,
    Http http,
    Limits limits,
    JournalLimits journal,
    Threads threads,
    ZoneId zone,
    AuditConfig audit) {

  /**
   * An address to listen on.
   *
   * @param host an IP address of this machine, or {@code localhost}
   * @param port 0 lets the system choose a free one
   */
  public record Address(String host, int port) {}

  /**
   * A certificate and its key.
   *
   * @param certificate PEM: the server's certificate, then its issuers'
   * @param key PEM, PKCS#8, not encrypted
   */
  public record Pem(Path certificate, Path key) {}

  /** A listener with TLS. */
  public record TlsListener(Address address, Pem pem) {}

  /**
   * Where devices and responders connect.
   *
   * @param plain null when switched off
   * @param tls null when there is none
   */
  public record Mqtt(@Nullable Address plain, @Nullable TlsListener tls) {}

  /**
   * Where people and programs connect.
   *
   * @param address plain HTTP, on loopback unless allowed by name
   * @param tls HTTPS beside it; null when there is none
   */
  public record Http(Address address, @Nullable TlsListener tls) {}

  /**
   * What one gateway takes on. Whatever is beyond a limit waits or is refused, and is counted.
   *
   * @param connections MQTT connections at a time
   * @param unauthenticatedConnections of them, those that haven't said who they are
   * @param connectionsPerAddress from one network address
   * @param connectWithin how long a connection has to say who it is
   * @param heldBytes received and not yet taken in, over all connections
   * @param alarmLane alarms waiting to be decided
   * @param telemetryLane other inputs waiting to be decided
   */
  public record Limits(
      int connections,
      int unauthenticatedConnections,
      int connectionsPerAddress,
      Duration connectWithin,
      long heldBytes,
      int alarmLane,
      int telemetryLane) {
    public static final Limits STANDARD =
        new Limits(200_000, 10_000, 2_000, Duration.ofSeconds(10), 256L << 20, 16_384, 65_536);
  }

  /**
   * What the journal keeps.
   *
   * @param segmentBytes size of one segment file, allocated beforehand
   * @param reserveBytes disk space that only alarms may use once the disk is full
   * @param telemetryDays how long everything is kept
   * @param telemetryBytes how much of it at most, the oldest going first
   * @param archiveYears how long alarms, decisions and replies are kept
   * @param snapshotEvery how often the state is written out, so that a restart needn't replay all
   */
  public record JournalLimits(
      long segmentBytes,
      long reserveBytes,
      int telemetryDays,
      long telemetryBytes,
      int archiveYears,
      Duration snapshotEvery) {
    public static final JournalLimits STANDARD =
        new JournalLimits(64L << 20, 64L << 20, 30, 200L << 30, 10, Duration.ofMinutes(10));
  }

  /**
   * How many threads serve.
   *
   * @param network event loops; 0: one for each processor
   */
  public record Threads(int network) {
    public static final Threads STANDARD = new Threads(0);
  }
}
