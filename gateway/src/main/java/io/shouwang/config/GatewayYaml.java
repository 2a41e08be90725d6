package io.shouwang.config;

import io.shouwang.accounts.Store;
import io.shouwang.config.GatewayConfig.Address;
import io.shouwang.config.GatewayConfig.Http;
import io.shouwang.config.GatewayConfig.JournalLimits;
import io.shouwang.config.GatewayConfig.Limits;
import io.shouwang.config.GatewayConfig.Mqtt;
import io.shouwang.config.GatewayConfig.Outside;
import io.shouwang.config.GatewayConfig.OutsideLimits;
import io.shouwang.config.GatewayConfig.Pem;
import io.shouwang.config.GatewayConfig.Threads;
import io.shouwang.config.GatewayConfig.TlsListener;
import io.shouwang.map.MapPlan;
import io.shouwang.notify.provider.ProviderKind;
import io.shouwang.signon.SignOnSettings;
import io.shouwang.yaml.Amounts;
import io.shouwang.yaml.ConfigProblem;
import io.shouwang.yaml.Escaped;
import io.shouwang.yaml.YamlSection;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code gateway.yaml}. */
final class GatewayYaml {
  static final String FILE = "gateway.yaml";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PORT_MAX = 65_535;

  /** Four of the longest batches must fit into a segment. */
  private static final long SEGMENT_BYTES_MIN = 17L << 20;

  private final Path directory;
  private final Map<String, String> environment;
  private final List<ConfigProblem> problems;

  GatewayYaml(Path directory, Map<String, String> environment, List<ConfigProblem> problems) {
    this.directory = directory;
    this.environment = environment;
    this.problems = problems;
  }

  GatewayConfig read(YamlSection root) {
    Mqtt mqtt = mqtt(root.section("mqtt"));
    Http http = http(root.section("http"));
    Limits limits = limits(root.section("limits"));
    JournalLimits journal = journal(root.section("journal"));
    YamlSection threadsSection = root.section("threads");
    Threads threads = new Threads(threadsSection.integer("network", 0, 0, 256));
    threadsSection.done();
    ZoneId zone = zone(root);
    ProviderKind.Secrets secrets = new ChannelsYaml(directory, List.of())::secret;
    AuditConfig audit = new AuditYaml(secrets).read(root);
    Outside outside = outside(root.section("outside"));
    Store accounts = new AccountsYaml(directory, secrets).read(root.section("accounts"));
    SignOnSettings signOn = new SignOnYaml(secrets).read(root.section("sign_on"));
    MapPlan map = new MapYaml(directory, secrets, problems).read(root);
    root.done();
    return new GatewayConfig(
        mqtt, http, limits, journal, threads, zone, audit, outside, accounts, signOn, map);
  }

  private Mqtt mqtt(YamlSection section) {
    Set<String> allowed = allowedPlain(section);
    YamlSection plainSection = section.section("plain");
    String enabled = plainSection.word("enabled").map(YamlSection.Placed::text).orElse("true");
    if (!enabled.equals("true") && !enabled.equals("false")) {
      plainSection.reportAt(
          "enabled",
          plainSection.named("enabled") + " is " + Escaped.quoted(enabled),
          "write true or false");
    }
    Address plain = override(address(plainSection, LOOPBACK, 1883), "SHOUWANG_MQTT_PORT");
    plainSection.done();
    boolean isOn = !enabled.equals("false");
    if (isOn) {
      requireLoopback(plainSection, plain, allowed, "mqtt.allow_plain_on");
    }
    TlsListener tls = tlsListener(section.section("tls"), 8883);
    section.done();
    return new Mqtt(isOn ? plain : null, tls);
  }

  private @Nullable TlsListener tlsListener(YamlSection section, int port) {
    if (!section.isPresent()) {
      section.done();
      return null;
    }
    Address address = address(section, LOOPBACK, port);
    Pem pem = pem(section);
    section.done();
    return pem == null ? null : new TlsListener(address, pem);
  }

  private Http http(YamlSection section) {
    Set<String> allowed = allowedPlain(section);
    Address address = override(address(section, LOOPBACK, 8080), "SHOUWANG_HTTP_PORT");
    requireLoopback(section, address, allowed, "http.allow_plain_on");
    TlsListener tls = tlsListener(section.section("tls"), 8443);
    section.done();
    return new Http(address, tls);
  }

  private @Nullable Outside outside(YamlSection section) {
    if (!section.isPresent()) {
      section.done();
      return null;
    }
    Set<String> allowed = allowedPlain(section);
    Address address = address(section, LOOPBACK, 8090);
    YamlSection tls = section.section("tls");
    boolean isSecure = tls.isPresent();
    Pem pem = isSecure ? pem(tls) : null;
    tls.done();
    if (!isSecure) {
      requireLoopback(section, address, allowed, "outside.allow_plain_on");
    }
    boolean callbacks = section.flag("callbacks", true);
    boolean alsoInside = section.flag("also_inside", true);
    Set<InetAddress> proxies = new HashSet<>();
    for (YamlSection.Placed word : section.words("trusted_proxies")) {
      Optional<InetAddress> proxy = ip(word.text());
      if (proxy.isEmpty()) {
        section.report(
            word.mark(),
            Escaped.quoted(word.text()) + " in trusted_proxies is no IP address",
            "write the address that the proxy connects from, like 10.1.2.3");
      }
      proxy.ifPresent(proxies::add);
    }
    YamlSection limitsSection = section.section("limits");
    OutsideLimits standard = OutsideLimits.STANDARD;
    OutsideLimits limits =
        new OutsideLimits(
            limitsSection.integer("connections", standard.connections(), 10, 100_000),
            limitsSection.integer(
                "connections_per_address", standard.connectionsPerAddress(), 2, 100_000),
            limitsSection.integer(
                "connections_per_second", standard.connectionsPerSecond(), 1, 10_000),
            limitsSection.integer("misses_per_minute", standard.missesPerMinute(), 1, 100_000));
    limitsSection.done();
    section.done();
    return new Outside(address, pem, callbacks, alsoInside, proxies, limits);
  }

  private static Set<String> allowedPlain(YamlSection section) {
    Set<String> allowed = new HashSet<>();
    for (YamlSection.Placed word : section.words("allow_plain_on")) {
      if (ip(word.text()).isEmpty()) {
        section.report(
            word.mark(),
            Escaped.quoted(word.text()) + " in allow_plain_on is no IP address",
            "write the very address of the listener, like 10.1.2.3");
      }
      allowed.add(word.text());
    }
    return allowed;
  }

  private static Address address(YamlSection section, String host, int port) {
    Optional<YamlSection.Placed> word = section.word("host");
    String chosen = word.map(YamlSection.Placed::text).orElse(host);
    if (ip(chosen).isEmpty()) {
      section.reportAt(
          "host",
          section.named("host") + " is " + Escaped.quoted(chosen) + ", which is no IP address",
          "write an address of this machine, 0.0.0.0 for all of them, or localhost");
      chosen = host;
    }
    return new Address(chosen, section.integer("port", port, 0, PORT_MAX));
  }

  /** Literal addresses only: a name could resolve to another address tomorrow. */
  private static Optional<InetAddress> ip(String host) {
    try {
      return Optional.of(
          host.equals("localhost")
              ? InetAddress.getLoopbackAddress()
              : InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static void requireLoopback(
      YamlSection section, Address address, Set<String> allowed, String key) {
    boolean loopback = ip(address.host()).map(InetAddress::isLoopbackAddress).orElse(false);
    if (!loopback && !allowed.contains(address.host())) {
      section.reportAt(
          "host",
          section.named("host") + " is " + address.host() + " without TLS",
          "listen on 127.0.0.1 here and set up tls for others, or allow it by name: "
              + key
              + ": ["
              + address.host()
              + "]");
    }
  }

  private Address override(Address address, String variable) {
    String text = environment.get(variable);
    if (text == null) {
      return address;
    }
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= PORT_MAX) {
        return new Address(address.host(), port);
      }
    } catch (NumberFormatException notOne) {
      // Reported below, like a number out of range.
    }
    problems.add(
        new ConfigProblem(
            "environment",
            0,
            0,
            variable + " is " + Escaped.quoted(text) + ", which is no port",
            "set it to a number from 0 to " + PORT_MAX + ", or unset it"));
    return address;
  }

  private @Nullable Pem pem(YamlSection section) {
    Path certificate = file(section, "certificate", "-----BEGIN CERTIFICATE-----");
    Path key = file(section, "key", "-----BEGIN PRIVATE KEY-----");
    return certificate == null || key == null ? null : new Pem(certificate, key);
  }

  private @Nullable Path file(YamlSection section, String key, String marker) {
    boolean written = section.keys().contains(key);
    Optional<YamlSection.Placed> word = section.word(key);
    if (word.isEmpty()) {
      if (!written) {
        section.report(section.named(key) + " is missing", "name a PEM file");
      }
      return null;
    }
    String name = word.get().text();
    Path path;
    try {
      path = directory.resolve(name);
      String text = Files.readString(path, StandardCharsets.ISO_8859_1);
      if (text.contains(marker)) {
        return path;
      }
    } catch (IOException | InvalidPathException unreadable) {
      section.report(
          word.get().mark(),
          section.named(key) + " names " + Escaped.quoted(name) + ", which can't be read",
          "name a PEM file that the gateway may read; a relative path starts at this directory");
      return null;
    }
    section.report(
        word.get().mark(),
        section.named(key) + " names " + Escaped.quoted(name) + ", which has no " + marker,
        "name a PEM file"
            + (key.equals("key") ? " with an unencrypted PKCS#8 key (openssl pkcs8 -topk8)" : ""));
    return null;
  }

  private static Limits limits(YamlSection section) {
    Limits standard = Limits.STANDARD;
    Limits limits =
        new Limits(
            section.integer("connections", standard.connections(), 1, 2_000_000),
            section.integer(
                "unauthenticated_connections", standard.unauthenticatedConnections(), 1, 1_000_000),
            section.integer(
                "connections_per_address", standard.connectionsPerAddress(), 1, 2_000_000),
            section.duration(
                "connect_within",
                standard.connectWithin(),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1)),
            section.bytes("held_bytes", standard.heldBytes(), 1L << 20, 64L << 30),
            section.integer("alarm_lane", standard.alarmLane(), 64, 4_194_304),
            section.integer("telemetry_lane", standard.telemetryLane(), 64, 4_194_304),
            section.bytes("readings", standard.readingsBytes(), 1L << 20, 8L << 30));
    section.done();
    return limits;
  }

  private static JournalLimits journal(YamlSection section) {
    JournalLimits standard = JournalLimits.STANDARD;
    JournalLimits journal =
        new JournalLimits(
            section.bytes("segment", standard.segmentBytes(), SEGMENT_BYTES_MIN, 1L << 30),
            section.bytes("reserve", standard.reserveBytes(), 16L << 20, 64L << 30),
            section.integer("telemetry_days", standard.telemetryDays(), 1, 3_660),
            section.bytes("telemetry_size", standard.telemetryBytes(), 256L << 20, 1L << 50),
            section.integer("archive_years", standard.archiveYears(), 1, 100),
            section.duration(
                "snapshot_every",
                standard.snapshotEvery(),
                Duration.ofSeconds(10),
                Duration.ofHours(24)));
    if (journal.telemetryBytes() < 4 * journal.segmentBytes()) {
      section.reportAt(
          "telemetry_size",
          "journal.telemetry_size is "
              + Amounts.text(journal.telemetryBytes())
              + " with segments of "
              + Amounts.text(journal.segmentBytes()),
          "it must hold at least four segments");
    }
    section.done();
    return journal;
  }

  private static ZoneId zone(YamlSection root) {
    ZoneId standard = ZoneId.of("Asia/Shanghai");
    Optional<YamlSection.Placed> word = root.word("time_zone");
    if (word.isEmpty()) {
      return standard;
    }
    try {
      return ZoneId.of(word.get().text());
    } catch (DateTimeException unknown) {
      root.report(
          word.get().mark(),
          "time_zone is " + Escaped.quoted(word.get().text()) + ", which nobody knows",
          "write a zone's name like Asia/Shanghai");
      return standard;
    }
  }
}
