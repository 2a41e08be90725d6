package io.shouwang.hostile;

import io.shouwang.Gateway;
import io.shouwang.config.ConfigReader;
import io.shouwang.config.ConfigReading;
import io.shouwang.host.Clock;
import io.shouwang.host.RealDisk;
import io.shouwang.model.Role;
import io.shouwang.registry.RegistryFolder;
import io.shouwang.registry.RegistrySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in this process with a small town: two homes with a button each, a hub with a child in
 * either, a hub that stands nowhere, a daughter, a grid worker, a desk, an operator.
 */
final class Town implements AutoCloseable {
  static final String BUTTON = "button-1";
  static final String OTHER_BUTTON = "button-2";
  static final String HUB = "hub-1";
  static final String CHILD = "child-1";
  static final String OTHERS_CHILD = "child-2";
  static final String LONE_HUB = "hub-3";
  static final String DAUGHTER = "daughter";
  static final String GRID = "grid";
  static final String DESK = "desk";
  static final String OPERATOR = "operator";

  private static final Set<Role> ROLES =
      Set.of(Role.DUTY_DESK, new Role("relative"), new Role("grid_worker"));

  private static final String SMALL =
      """
      mqtt:
        plain:
          port: 0
      TLS
      http:
        port: 0
      TLS
      journal:
        segment: 20MiB
        reserve: 16MiB
      threads:
        network: 1
      """;

  private static final String LADDERS =
      """
      duty_desk:
        repeat_every: 10m
        overflow_after: 1h
      ladders:
        emergency:
          for: [sos, fall, smoke, gas]
          rungs:
            - after: 0s
              roles: [relative, grid_worker, duty_desk]
        other:
          rungs:
            - after: 0s
              roles: [duty_desk]
      """;

  private static final String DEVICES =
      """
      id,type,home,elder,hub,model
      button-1,button,h-1,e-1,,
      button-2,button,h-2,e-2,,
      hub-1,hub,h-1,,,
      child-1,smoke,h-1,,hub-1,
      hub-2,hub,h-2,,,
      child-2,smoke,h-2,,hub-2,
      hub-3,hub,,,,
      """;

  private static final String RESPONDERS =
      """
      id,name,phone,language
      daughter,a,,en
      grid,b,,en
      desk,c,,en
      """;

  private final Path config;
  private final Path data;
  private final Gateway gateway;
  private final Map<String, String> secrets = new HashMap<>();

  private Town(Path config, Path data, Gateway gateway) throws IOException {
    this.config = config;
    this.data = data;
    this.gateway = gateway;
    readSecrets("demo-secrets.csv");
  }

  static Town open(Path folder) throws IOException {
    return open(folder, "", "");
  }

  /**
   * Opens the gateway.
   *
   * @param tls the listeners with TLS, or nothing
   * @param more of {@code gateway.yaml}
   */
  static Town open(Path folder, String tls, String more) throws IOException {
    Path config = writeConfig(folder, tls, more);
    Path data = folder.resolve("data");
    return switch (ConfigReader.read(config, Map.of())) {
      case ConfigReading.Accepted(var settings) ->
          new Town(config, data, new Gateway(config, settings, data, Clock.SYSTEM));
      case ConfigReading.Refused refused -> throw new AssertionError(refused.problems().toString());
    };
  }

  /** Writes the configuration and registry alone. */
  static Path writeConfig(Path folder, String tls, String more) throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    Path registry = Files.createDirectories(config.resolve("registry"));
    Files.writeString(config.resolve("gateway.yaml"), SMALL.replace("TLS\n", tls) + more);
    Files.writeString(config.resolve("ladders.yaml"), LADDERS);
    Files.writeString(config.resolve("rules.yaml"), "");
    Files.writeString(
        registry.resolve("areas.csv"), "id,name,parent,level\nc-1,city,,city\ng-1,grid,c-1,grid\n");
    Files.writeString(
        registry.resolve("homes.csv"),
        "id,address,area,phone,access\nh-1,street,g-1,,\nh-2,street,g-1,,\n");
    Files.writeString(
        registry.resolve("elders.csv"),
        """
        id,home,name,birth_year,phone,category,ability,notes
        e-1,h-1,one,1940,,,,
        e-2,h-2,two,1940,,,,
        """);
    Files.writeString(registry.resolve("devices.csv"), DEVICES);
    Files.writeString(registry.resolve("responders.csv"), RESPONDERS);
    Files.writeString(
        registry.resolve("contacts.csv"),
        """
        responder,role,relation,elder,home,area
        daughter,relative,daughter,e-1,,
        grid,grid_worker,grid worker,,,g-1
        desk,duty_desk,duty desk,,,c-1
        """);
    Files.writeString(
        registry.resolve("operators.csv"),
        "id,name,roles,area\noperator,d,dispatcher supervisor administrator auditor,c-1\n");
    return config;
  }

  private void readSecrets(String file) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve(file));
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.indexOf(',');
      secrets.put(line.substring(0, comma), line.substring(comma + 1));
    }
  }

  /** Imports the registry anew without some of its devices and responders. */
  void strikeOut(Set<String> ids) throws IOException {
    Path registry = config.resolve("registry");
    Files.writeString(registry.resolve("devices.csv"), without(DEVICES, ids));
    Files.writeString(registry.resolve("responders.csv"), without(RESPONDERS, ids));
    Path contacts = registry.resolve("contacts.csv");
    Files.writeString(contacts, without(Files.readString(contacts), ids));
    var imported =
        new RegistryFolder(new RealDisk(), data)
            .importFrom(RegistrySource.directory(registry), ROLES);
    if (imported instanceof RegistryFolder.Import.Refused refused) {
      throw new AssertionError(refused.problems().toString());
    }
  }

  private static String without(String rows, Set<String> ids) {
    StringBuilder kept = new StringBuilder();
    rows.lines()
        .filter(row -> !ids.contains(row.substring(0, row.indexOf(','))))
        .forEach(row -> kept.append(row).append('\n'));
    return kept.toString();
  }

  String secret(String id) {
    String secret = secrets.get(id);
    if (secret == null) {
      throw new AssertionError(id + " has no secret");
    }
    return secret;
  }

  Path data() {
    return data;
  }

  private int port(String scheme) {
    Matcher url = Pattern.compile("\\b" + scheme + "://[^ :]+:(\\d+)").matcher(gateway.urls());
    if (!url.find()) {
      throw new AssertionError("no " + scheme + " in " + gateway.urls());
    }
    return Integer.parseInt(url.group(1));
  }

  int mqttPort() {
    return port("mqtt");
  }

  int mqttTlsPort() {
    return port("mqtts");
  }

  int httpPort() {
    return port("http");
  }

  int httpsPort() {
    return port("https");
  }

  boolean isAlive() {
    return !gateway.ended().isDone();
  }

  /** A client that was let in. */
  Peer connects(MqttVersion version, String id) throws IOException {
    Peer peer = Peer.open(mqttPort(), version);
    peer.connect(id, secret(id));
    return peer;
  }

  /** One figure of {@code /metrics}, summed over its labels. */
  double metric(String name) throws IOException {
    String text =
        Http.open(httpPort())
            .request("GET /metrics HTTP/1.1", "Authorization: Bearer " + secret(OPERATOR))
            .body();
    return text.lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Waits for a figure; fails after a generous while. */
  static void await(String what, Condition condition) throws IOException {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("in vain: " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Something that comes to hold. */
  interface Condition {
    boolean holds() throws IOException;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
