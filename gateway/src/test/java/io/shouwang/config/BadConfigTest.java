package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One bad file for each mistake, {@code bad-config/WHAT.FILE.yaml}, and beside it as {@code .txt}
 * what is said of it ({@code -Drewrite=true} writes it anew, for somebody to read). The other files
 * are those that come with the gateway.
 */
class BadConfigTest {
  private static final Path BAD = Path.of("src", "test", "resources", "bad-config");
  private static final List<String> FILES = List.of("gateway.yaml", "ladders.yaml", "rules.yaml");

  @TempDir Path directory = Path.of("");

  static List<String> mistakes() throws IOException {
    try (Stream<Path> files = Files.list(BAD)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void eachMistakeHasItsMessage(String name) throws IOException {
    copyGood();
    String what = name.substring(0, name.indexOf('.'));
    Files.write(
        directory.resolve(name.substring(what.length() + 1)),
        Files.readAllBytes(BAD.resolve(name)));
    if (Boolean.getBoolean("rewrite")) {
      Files.writeString(BAD.resolve(what + ".txt"), messages(Map.of()));
    }
    assertEquals(Files.readString(BAD.resolve(what + ".txt")), messages(Map.of()));
  }

  @Test
  void tenMistakesInThreeFilesAreTenMessages() throws IOException {
    Files.writeString(
        directory.resolve("gateway.yaml"),
        """
        time_zone: Moon
        mqtt:
          plain:
            host: 0.0.0.0
            prot: 1883
        limits:
          alarm_lane: many
        """);
    Files.writeString(
        directory.resolve("ladders.yaml"),
        """
        duty_desk:
          repeat_every: 0s
        ladders:
          emergency:
            for: [sos, fall, smoke, gas]
            rungs:
              - after: 30s
                roles: [relativ]
              - after: 30s
                roles: [volunteer]
          other:
            rungs:
              - after: 0s
                roles: [relative]
        """);
    Files.writeString(directory.resolve("rules.yaml"), "late_after: 2\neta_cap: 2h\n");
    assertEquals(
        """
        gateway.yaml:1:12 time_zone
        gateway.yaml:4:11 mqtt.plain.host
        gateway.yaml:5:5 there
        gateway.yaml:7:15 limits.alarm_lane
        ladders.yaml:2:17 duty_desk.repeat_every
        ladders.yaml:8:17 rung
        ladders.yaml:9:16 rung
        ladders.yaml:12:5 the
        rules.yaml:1:13 late_after
        rules.yaml:2:10 eta_cap
        """,
        messages(Map.of()).replaceAll("(?m)^(\\S+ \\S+) .*$", "$1"));
  }

  @Test
  void aDirectoryWithoutFilesIsNoConfiguration() {
    assertEquals(
        FILES.stream()
            .map(file ->
                file
                    + " is missing in "
                    + directory
                    + "; copy it from the configuration that came with the gateway\n")
            .reduce("", String::concat),
        messages(Map.of()));
  }

  @Test
  void aPortInTheEnvironmentIsChecked() throws IOException {
    copyGood();
    assertEquals(
        """
        environment SHOUWANG_HTTP_PORT is "-1", which is no port; set it to a number from 0 to \
        65535, or unset it
        environment SHOUWANG_MQTT_PORT is "x", which is no port; set it to a number from 0 to \
        65535, or unset it
        """,
        messages(Map.of("SHOUWANG_MQTT_PORT", "x", "SHOUWANG_HTTP_PORT", "-1"))
            .lines()
            .sorted()
            .map(line -> line + "\n")
            .reduce("", String::concat));
  }

  @Test
  void aFileThatIsNotUtf8OrFarTooLarge() throws IOException {
    copyGood();
    Files.write(directory.resolve("rules.yaml"), new byte[] {(byte) 0xff});
    Files.write(directory.resolve("gateway.yaml"), new byte[(1 << 20) + 1]);
    assertEquals(
        """
        gateway.yaml is larger than 1MiB; make it smaller
        rules.yaml is not UTF-8; save it as UTF-8
        """,
        messages(Map.of()));
  }

  @Test
  void anOpenListenerIsAllowedByNameOrWithTls() throws IOException {
    copyGood();
    Files.writeString(
        directory.resolve("c.pem"), "-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n");
    Files.writeString(
        directory.resolve("gateway.yaml"),
        """
        mqtt:
          plain: {host: 10.1.2.3}
          allow_plain_on: [10.1.2.3]
          tls: {host: 0.0.0.0, certificate: c.pem, key: c.pem}
        http:
          host: "::1"
          tls: {host: "::", certificate: c.pem, key: c.pem}
        """);
    Settings settings =
        assertInstanceOf(ConfigReading.Accepted.class, ConfigReader.read(directory, Map.of()))
            .settings();
    GatewayConfig.Mqtt mqtt = settings.gateway().mqtt();
    assertEquals(new GatewayConfig.Address("10.1.2.3", 1883), mqtt.plain());
    Path pem = directory.resolve("c.pem");
    assertEquals(
        new GatewayConfig.TlsListener(
            new GatewayConfig.Address("0.0.0.0", 8883), new GatewayConfig.Pem(pem, pem)),
        mqtt.tls());
    assertEquals(
        new GatewayConfig.TlsListener(
            new GatewayConfig.Address("::", 8443), new GatewayConfig.Pem(pem, pem)),
        settings.gateway().http().tls());
  }

  @Test
  void theHashNamesRulesLaddersAndTheZone() throws IOException {
    copyGood();
    String before = hash();
    Files.writeString(directory.resolve("gateway.yaml"), "");
    assertEquals(before, hash());
    Files.writeString(directory.resolve("gateway.yaml"), "time_zone: Asia/Urumqi\n");
    assertNotEquals(before, hash());
    Files.writeString(directory.resolve("gateway.yaml"), "");
    Files.writeString(directory.resolve("rules.yaml"), "late_after: 3m\n");
    assertTrue(!before.equals(hash()));
  }

  private String hash() {
    return assertInstanceOf(ConfigReading.Accepted.class, ConfigReader.read(directory, Map.of()))
        .settings()
        .hash();
  }

  private void copyGood() throws IOException {
    for (String file : FILES) {
      Files.copy(Path.of("..", "config", file), directory.resolve(file));
    }
  }

  private String messages(Map<String, String> environment) {
    return assertInstanceOf(ConfigReading.Refused.class, ConfigReader.read(directory, environment))
        .problems()
        .stream()
        .map(problem -> problem + "\n")
        .reduce("", String::concat);
  }
}
