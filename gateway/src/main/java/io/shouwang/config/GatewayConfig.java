package io.shouwang.config;

import io.shouwang.accounts.Store;
import io.shouwang.map.MapPlan;
import io.shouwang.signon.SignOnSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@code gateway.yaml}: where the gateway listens, what it allows itself, what it
 * keeps. None of them takes part in a decision.
 *
 * @param zone civil time: what people read, and what days and quiet hours go by
 * @param outside what the internet may reach; null if nothing has a listener of its own
 * @param accounts where people's accounts are kept
 * @param signOn a city's single sign-on; null if there is none
 * @param map what the console's map is drawn on
 */
public record GatewayConfig(
    Mqtt mqtt,
    Http http,
    Limits limits,
    JournalLimits journal,
    Threads threads,
    ZoneId zone,
    AuditConfig audit,
    @Nullable Outside outside,
    Store accounts,
    @Nullable SignOnSettings signOn,
    MapPlan map) {

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
   * Where relatives' phones and providers come in from the internet: a listener with the one-tap
   * pages and the callbacks, and nothing else.
   *
   * @param address HTTPS if there is a certificate, else plain HTTP, on loopback unless allowed by
   *     name
   * @param pem null for plain HTTP, behind a proxy that speaks TLS
   * @param callbacks whether providers call back there, too
   * @param alsoInside whether what is served there is still served on the listeners of {@link Http}
   * @param trustedProxies whose {@code X-Forwarded-For} is believed
   */
  public record Outside(
      Address address,
      @Nullable Pem pem,
      boolean callbacks,
      boolean alsoInside,
      Set<InetAddress> trustedProxies,
      OutsideLimits limits) {
    public Outside {
      trustedProxies = Set.copyOf(trustedProxies);
    }
  }

  /**
   * What the outside listener takes on, apart from all others.
   *
   * @param connections at a time
   * @param connectionsPerAddress of them, from one address (IPv6: one /64)
   * @param connectionsPerSecond new ones, over all addresses
   * @param missesPerMinute links and callbacks that are none, from one address
   */
  public record OutsideLimits(
      int connections, int connectionsPerAddress, int connectionsPerSecond, int missesPerMinute) {
    public static final OutsideLimits STANDARD = new OutsideLimits(1_000, 100, 200, 30);
  }

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
   * @param readingsBytes memory for the latest readings of all homes, which pages show as charts
   */
  public record Limits(
      int connections,
      int unauthenticatedConnections,
      int connectionsPerAddress,
      Duration connectWithin,
      long heldBytes,
      int alarmLane,
      int telemetryLane,
      long readingsBytes) {
    public static final Limits STANDARD =
        new Limits(
            200_000, 10_000, 2_000, Duration.ofSeconds(10), 256L << 20, 16_384, 65_536, 48L << 20);
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
