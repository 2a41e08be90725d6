package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say to the person who runs them; each in a process of its own. */
final class CommandLineTest {
  @TempDir Path directory = Path.of("");
  private Path config = Path.of("config");
  private Path data = Path.of("data");

  @BeforeEach
  void copy() throws Exception {
    config = directory.resolve("config");
    data = directory.resolve("data");
    Town.copyDemo(config);
  }

  private record Said(int code, String out, String err) {
    List<String> errors() {
      return err.lines().filter(line -> !line.contains(" INFO ")).toList();
    }
  }

  private Said gateway(String... arguments) throws Exception {
    return gateway(Map.of("SHOUWANG_MQTT_PORT", "0", "SHOUWANG_HTTP_PORT", "0"), arguments);
  }

  private Said gateway(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("io.shouwang.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(directory.resolve("err").toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    return new Said(code, out, Files.readString(directory.resolve("err")));
  }

  private Said run() throws Exception {
    return gateway("run", "--config", config.toString(), "--data", data.toString());
  }

  @Test
  void tenMistakesAreTenMessages() throws Exception {
    Files.writeString(
        config.resolve("gateway.yaml"),
        """
        time_zone: Moon
        mqtt:
          plain:
            host: 0.0.0.0
            prot: 1883
          tls:
            certificate: nowhere.pem
        http:
          port: 99999
        limits:
          alarm_lane: many
        journal:
          segment: 4KiB
        """);
    Files.writeString(
        config.resolve("rules.yaml"),
        """
        eta_cap: 2h
        late_after: soon
        """);
    Files.writeString(
        config.resolve("registry").resolve("devices.csv"),
        "id,type,home,elder,hub,model\ndemo-sos-001,button,h-001,e-999,,\n");
    Said checked = gateway("check-config", "--config", config.toString());
    List<String> lines = checked.out().lines().toList();
    String all = String.join("\n", lines);
    assertEquals(1, checked.code());
    List<String> named =
        List.of(
            "gateway.yaml:1:12 time_zone",
            "gateway.yaml:4:11 mqtt.plain.host is 0.0.0.0 without TLS",
            "gateway.yaml:5:5 ",
            "gateway.yaml:7:18 ",
            "mqtt.tls.key is missing",
            "gateway.yaml:9:9 http.port",
            "gateway.yaml:11:15 limits.alarm_lane",
            "gateway.yaml:13:12 journal.segment",
            "rules.yaml:1:10 eta_cap",
            "rules.yaml:2:13 late_after",
            "devices.csv:2 elder");
    for (String mistake : named) {
      assertEquals(
          1, lines.stream().filter(l -> l.contains(mistake)).count(), mistake + "\n" + all);
    }
    assertEquals(named.size() + 1, lines.size(), all);
    assertEquals("11 problems", lines.getLast());
    Said started = run();
    assertEquals(1, started.code());
    assertTrue(started.err().contains("has 10 mistakes; nothing was started"), started.err());
    assertTrue(Files.notExists(data), "nothing was made");
  }

  @Test
  void plainMqttBeyondThisMachineMustBeAllowedByName() throws Exception {
    Files.writeString(config.resolve("gateway.yaml"), "mqtt:\n  plain:\n    host: 0.0.0.0\n");
    Said refused = run();
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("mqtt.allow_plain_on: [0.0.0.0]"), refused.err());
    Files.writeString(config.resolve("gateway.yaml"), "http:\n  host: 0.0.0.0\n");
    Said alsoRefused = run();
    assertEquals(1, alsoRefused.code());
    assertTrue(alsoRefused.err().contains("http.allow_plain_on: [0.0.0.0]"), alsoRefused.err());
  }

  @Test
  void aBadRowIsNamedAndNothingIsImported() throws Exception {
    Path registry = config.resolve("registry");
    Files.writeString(
        registry.resolve("homes.csv"),
        "h-009,桂花巷1号,g-nowhere,000-5550-0109,,,,\n",
        StandardOpenOption.APPEND);
    Said refused =
        gateway(
            "import",
            registry.toString(),
            "--config",
            config.toString(),
            "--data",
            data.toString());
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("homes.csv:7 area"), refused.err());
    assertTrue(refused.err().contains("g-nowhere"), refused.err());
    assertTrue(refused.err().contains("1 mistakes; nothing was imported"), refused.err());
    assertTrue(Files.notExists(data.resolve("secrets.csv")));
  }

  @Test
  void anImportSaysWhatItTookAndWhereTheSecretsAre() throws Exception {
    String registry = config.resolve("registry").toString();
    Said imported =
        gateway("import", registry, "--config", config.toString(), "--data", data.toString());
    assertEquals(0, imported.code(), imported.err());
    List<String> lines = imported.out().lines().toList();
    String took =
        "imported 8 areas, 5 homes, 6 elders, 12 devices, 10 responders, 11 contacts, 1 operator,"
            + " 3 fences as ";
    assertTrue(lines.getFirst().startsWith(took), imported.out());
    assertTrue(
        lines.getLast().startsWith("23 new secrets are in " + data.resolve("new-secrets-")),
        imported.out());
  }

  @Test
  void whatCanNotStartSaysWhyInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Said mqtt =
          gateway(
              Map.of("SHOUWANG_MQTT_PORT", port, "SHOUWANG_HTTP_PORT", "0"),
              "run",
              "--config",
              config.toString(),
              "--data",
              data.toString());
      assertEquals(1, mqtt.code());
      assertEquals(1, mqtt.errors().size(), mqtt.err());
      assertTrue(mqtt.errors().getFirst().contains("127.0.0.1:" + port), mqtt.err());
      Said http =
          gateway(
              Map.of("SHOUWANG_MQTT_PORT", "0", "SHOUWANG_HTTP_PORT", port),
              "run",
              "--config",
              config.toString(),
              "--data",
              data.toString());
      assertEquals(1, http.code());
      assertEquals(1, http.errors().size(), http.err());
      assertTrue(http.errors().getFirst().contains("127.0.0.1:" + port), http.err());
    }
    Files.writeString(directory.resolve("a-file"), "");
    Said nowhere =
        gateway(
            "run", "--config", config.toString(), "--data", directory.resolve("a-file").toString());
    assertEquals(1, nowhere.code());
    assertEquals(1, nowhere.errors().size(), nowhere.err());
    assertTrue(nowhere.err().contains("a-file"), nowhere.err());
    Said noConfig = gateway("run", "--config", directory.resolve("none").toString());
    assertEquals(1, noConfig.code());
    assertTrue(noConfig.err().contains("none"), noConfig.err());
  }
}
