package io.shouwang.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real gateway that presses its own button each second, and says outside that it is well. */
final class SecondSightTest {
  @TempDir private Path directory;

  private final List<String> beats = new CopyOnWriteArrayList<>();

  private static void configure(Path config, String more) throws IOException {
    Path file = config.resolve("gateway.yaml");
    Files.writeString(file, Files.readString(file) + more);
  }

  private static double metric(Town town, String name) throws Exception {
    return town.metrics()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static double through(Town town) throws Exception {
    return metric(town, "shouwang_synthetic_press_to_ring_seconds_count");
  }

  @Test
  void the_synthetic_alarm_comes_through_and_is_seen_nowhere_but_in_its_metric() throws Exception {
    HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          beats.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    String more =
        """
        audit:
          site: Guanyun
          synthetic:
            every: 1s
        heartbeat:
          - url: http://127.0.0.1:%d/beat
            every: 1s
        """
            .formatted(receiver.getAddress().getPort());
    try (Town town = Town.open(directory, config -> configure(config, more))) {
      String real = town.press("demo-sos-001");
      town.until(() -> through(town) >= 3, "three synthetic alarms");
      assertEquals(List.of(real), town.open().stream().map(a -> a.get("alert").asText()).toList());
      JsonNode closed = town.get("/api/v1/alerts?state=closed").json().get("alerts");
      assertEquals(0, closed.size(), closed.toString());
      assertEquals(1.0, metric(town, "shouwang_alerts_open"));
      assertEquals(0.0, metric(town, "shouwang_alerts_exercise"));
      assertEquals(0.0, metric(town, "shouwang_synthetic_missed_total"));
      town.until(() -> !beats.isEmpty(), "a heartbeat");
      assertTrue(beats.getFirst().contains("\"site\":\"Guanyun\""), beats.getFirst());
      assertEquals(0.0, metric(town, "shouwang_audit_standing"), town.get("/readyz").toString());
      assertTrue(metric(town, "shouwang_audit_age_seconds") < 60);
      assertTrue(town.get("/readyz").json().toString().contains("audit.alarms is empty"));

      try (Town again = town.restarted()) {
        int before = beats.size();
        again.until(() -> through(again) >= 2, "synthetic alarms after a restart");
        again.until(() -> beats.size() > before, "a heartbeat after a restart");
        assertEquals(1, again.open().size());
        assertEquals(0.0, metric(again, "shouwang_audit_standing"));
      }
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void it_goes_by_tls_where_there_is_no_plain_listener() throws Exception {
    String more = "audit: {synthetic: {every: 1s}}\n";
    try (Town town =
        Town.open(
            directory,
            config -> {
              configure(config, more);
              Path file = config.resolve("gateway.yaml");
              Files.writeString(
                  file,
                  Files.readString(file)
                      .replaceFirst("plain:\n    port: 0", "plain:\n    enabled: false"));
            })) {
      town.until(() -> through(town) >= 2, "synthetic alarms over TLS");
    }
  }

  @Test
  void switched_off_it_says_so() throws Exception {
    String more = "audit: {synthetic: {enabled: false}}\n";
    try (Town town = Town.open(directory, config -> configure(config, more))) {
      String ready = town.get("/readyz").json().toString();
      assertTrue(ready.contains("the synthetic alarm is switched off"), ready);
      assertFalse(town.metrics().contains("shouwang_synthetic_age"));
    }
  }
}
