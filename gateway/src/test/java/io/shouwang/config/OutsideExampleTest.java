package io.shouwang.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The section {@code outside} that {@code config/gateway.yaml} shows in comments is what the
 * gateway reads, and {@code check-config} says what is exposed.
 */
final class OutsideExampleTest {
  private static final Path CONFIG = Path.of("..", "config");

  @TempDir private Path directory;

  @BeforeEach
  void copy() throws IOException {
    for (String file : List.of("gateway.yaml", "ladders.yaml", "rules.yaml", "channels.yaml")) {
      Files.copy(CONFIG.resolve(file), directory.resolve(file));
    }
  }

  /** The example as YAML: from its first line to the blank one. */
  private static String example() throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(CONFIG.resolve("gateway.yaml"))) {
      inside |= line.equals("# outside:");
      if (inside && line.isEmpty()) {
        break;
      }
      if (inside) {
        lines.add(line.replaceFirst("# ?", ""));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private GatewayConfig read() {
    return switch (ConfigReader.read(directory, Map.of())) {
      case ConfigReading.Accepted accepted -> accepted.settings().gateway();
      case ConfigReading.Refused refused -> throw new AssertionError(refused.problems().toString());
    };
  }

  private void putPems() throws IOException {
    Files.createDirectories(directory.resolve("tls"));
    Files.writeString(directory.resolve("tls/outside.pem"), "-----BEGIN CERTIFICATE-----\n");
    Files.writeString(directory.resolve("tls/outside-key.pem"), "-----BEGIN PRIVATE KEY-----\n");
  }

  @Test
  void as_it_stands_there_is_none() {
    assertNull(read().outside());
  }

  @Test
  void the_example_says_what_holds_without_it() throws IOException {
    putPems();
    Files.writeString(directory.resolve("gateway.yaml"), example());
    GatewayConfig.Outside written = read().outside();
    GatewayConfig.Outside expected =
        new GatewayConfig.Outside(
            new GatewayConfig.Address("127.0.0.1", 8090),
            new GatewayConfig.Pem(
                directory.resolve("tls/outside.pem"), directory.resolve("tls/outside-key.pem")),
            true,
            true,
            Set.of(),
            GatewayConfig.OutsideLimits.STANDARD);
    assertEquals(expected, written);
    Files.writeString(
        directory.resolve("gateway.yaml"),
        """
        outside:
          tls:
            certificate: tls/outside.pem
            key: tls/outside-key.pem
        """);
    assertEquals(expected, read().outside());
  }

  @Test
  void each_setting_is_read() throws IOException {
    Files.writeString(
        directory.resolve("gateway.yaml"),
        """
        outside:
          host: 10.1.2.3
          port: 443
          allow_plain_on: [10.1.2.3]
          callbacks: false
          also_inside: false
          trusted_proxies: [10.1.2.4, "2001:db8::1"]
          limits:
            connections: 11
            connections_per_address: 12
            connections_per_second: 13
            misses_per_minute: 14
        """);
    assertEquals(
        new GatewayConfig.Outside(
            new GatewayConfig.Address("10.1.2.3", 443),
            null,
            false,
            false,
            Set.of(InetAddress.ofLiteral("10.1.2.4"), InetAddress.ofLiteral("2001:db8::1")),
            new GatewayConfig.OutsideLimits(11, 12, 13, 14)),
        read().outside());
  }

  private List<String> warnings(String gateway, String channels) throws IOException {
    Files.writeString(directory.resolve("gateway.yaml"), gateway);
    Files.writeString(directory.resolve("channels.yaml"), channels);
    StringWriter text = new StringWriter();
    assertEquals(0, ConfigCheck.run(directory, new PrintWriter(text)), text.toString());
    return text.toString()
        .lines()
        .filter(line -> line.contains("public_url") || line.contains("outside"))
        .toList();
  }

  private static final String HTTPS = "public_url: https://help.example.org\n";
  private static final String OPEN = "http:\n  host: 10.1.2.3\n  allow_plain_on: [10.1.2.3]\n";

  @Test
  void check_config_says_what_is_exposed() throws IOException {
    assertEquals(List.of(), warnings("", ""), "nobody has a link");
    assertEquals(List.of(), warnings("", HTTPS), "only this machine reaches anything");
    assertEquals(List.of(), warnings(OPEN, ""), "an intranet's console, and no link");
    List<String> exposed = warnings(OPEN, HTTPS);
    assertEquals(1, exposed.size(), exposed.toString());
    assertTrue(
        exposed
            .getFirst()
            .startsWith("gateway.yaml: warning: public_url is set and there is no outside: phones"),
        exposed.toString());
    putPems();
    String tls = "  tls:\n    certificate: tls/outside.pem\n    key: tls/outside-key.pem\n";
    assertEquals(1, warnings("http:\n" + tls + "    host: 0.0.0.0\n", HTTPS).size(), "HTTPS, too");
    assertEquals(List.of(), warnings(OPEN + "outside:\n  host: 0.0.0.0\n" + tls, HTTPS));
    assertEquals(List.of(), warnings("outside:\n  trusted_proxies: [127.0.0.1]\n", HTTPS));
  }

  @Test
  void check_config_says_what_leads_nowhere() throws IOException {
    List<String> plain = warnings("", "public_url: http://127.0.0.1:8080\n");
    assertEquals(1, plain.size(), plain.toString());
    assertTrue(
        plain.getFirst().startsWith("channels.yaml: warning: public_url is not https: "),
        plain.toString());
    List<String> both = warnings("outside:\n  port: 8090\n", "");
    assertEquals(2, both.size(), both.toString());
    assertTrue(both.getFirst().contains("there is an outside and no public_url"), both.toString());
    assertTrue(both.getLast().contains("neither tls nor trusted_proxies"), both.toString());
  }
}
