package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.yaml.ConfigProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditYamlTest {
  private static final Path SHIPPED = Path.of("..", "config");

  @TempDir private Path directory;

  @BeforeEach
  void copy() throws IOException {
    for (String file : List.of("ladders.yaml", "rules.yaml")) {
      Files.copy(SHIPPED.resolve(file), directory.resolve(file));
    }
  }

  private void secret(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private ConfigReading read(String gateway) throws IOException {
    Files.writeString(directory.resolve("gateway.yaml"), gateway);
    return ConfigReader.read(directory, Map.of());
  }

  private AuditConfig accepted(String gateway) throws IOException {
    return switch (read(gateway)) {
      case ConfigReading.Accepted accepted -> accepted.settings().gateway().audit();
      case ConfigReading.Refused refused -> throw new AssertionError(refused.problems());
    };
  }

  private List<String> problems(String gateway) throws IOException {
    return switch (read(gateway)) {
      case ConfigReading.Accepted _ -> List.of();
      case ConfigReading.Refused refused ->
          refused.problems().stream().map(ConfigProblem::toString).toList();
    };
  }

  @Test
  void what_is_left_out_stands_as_shipped() throws IOException {
    assertEquals(AuditConfig.STANDARD, accepted("time_zone: Asia/Shanghai\n"));
    assertEquals(
        AuditConfig.STANDARD,
        accepted(Files.readString(SHIPPED.resolve("gateway.yaml"))),
        "what stands in the file is what holds without it");
  }

  @Test
  void beats_are_read_with_their_secrets() throws IOException {
    secret("beat", "whsec_dHdlbnR5LWZvdXIgYnl0ZXMgb3IgbW9yZQ==");
    AuditConfig audit =
        accepted(
            """
            audit:
              site: 灌云
              synthetic: {every: 2m}
            heartbeat:
              - {url: https://watch.example.org/a, secret_file: beat}
              - {url: "http://127.0.0.1:9/b", method: get, every: 30s}
            """);
    assertEquals("灌云", audit.site());
    assertEquals(Duration.ofMinutes(2), audit.synthetic().every());
    AuditConfig.Beat first = audit.beats().getFirst();
    assertTrue(first.post() && first.signature() != null);
    AuditConfig.Beat second = audit.beats().getLast();
    assertEquals(URI.create("http://127.0.0.1:9/b"), second.url());
    assertFalse(second.post());
    assertEquals(Duration.ofSeconds(30), second.every());
  }

  @Test
  void each_mistake_is_said_with_its_place_and_no_address_is_repeated() throws IOException {
    secret("short", "whsec_AAAA");
    List<String> problems =
        problems(
            """
            audit:
              alarms:
                - {channel: sms, to: "+8613800000000"}
                - {to: nobody, language: fr}
            heartbeat:
              - {url: http://watch.example.org/secret-path}
              - {url: https://user:secret-word@watch.example.org/}
              - {url: https://watch.example.org/, method: put, every: 0s}
              - {url: https://watch.example.org/, secret_file: short}
              - {url: https://watch.example.org/, secret_file: missing}
              - {every: 60s}
            """);
    String all = String.join("\n", problems);
    assertTrue(all.contains("gateway.yaml:3:1 audit.alarms names channel \"sms\""), all);
    assertTrue(all.contains("has no channel"), all);
    assertTrue(all.contains("neither zh nor en"), all);
    assertTrue(all.contains("write post or get"), all);
    assertTrue(all.contains("without a usable secret"), all);
    assertTrue(all.contains("missing, empty or no text"), all);
    assertTrue(all.contains("a heartbeat has no url"), all);
    assertEquals(2, problems.stream().filter(p -> p.contains("can't be used")).count(), all);
    assertFalse(all.contains("secret-path") || all.contains("secret-word"), all);
  }
}
