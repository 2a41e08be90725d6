package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.alerts.Core;
import io.shouwang.alerts.Decision;
import io.shouwang.alerts.Home;
import io.shouwang.audit.SecondBooks;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Stamp;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit keeps up with much: thousands of open alerts, and readings among alarms. */
final class AuditLoadTest {
  private static final int ALERTS = 10_000;
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

  @Test
  void ten_thousand_open_alerts_are_looked_through() {
    List<Decided> records = new ArrayList<>();
    for (int i = 0; i < ALERTS; i++) {
      Stamp stamp = new Stamp(i + 1, NOW);
      Input press =
          new Input.EventReceived(
              EngineFixture.read("demo-sos-001", "sos", "{\"id\":\"p" + i + "\"}"));
      HomeId id = new HomeId("h-001");
      Decision decision = Core.decide(EngineFixture.WORLD, Home.empty(id), press, stamp);
      records.add(new Decided(stamp, press, id, decision.heard(), decision.facts()));
    }
    SecondBooks books = new SecondBooks();
    records.forEach(books::take);
    assertEquals(List.of(), books.look(NOW, Duration.ofSeconds(5)));
    assertEquals(
        ALERTS, books.look(NOW.plus(Duration.ofDays(1)), Duration.ofSeconds(5)).size(), "overdue");
  }

  @Test
  void readings_are_stepped_over_unread() {
    ByteBuffer body = ByteBuffer.allocate(4 << 20);
    BatchCodec.begin(body);
    int readings = 10_000;
    for (int i = 0; i < readings; i++) {
      Input motion =
          new Input.EventReceived(
              EngineFixture.read(
                  "demo-motion-001", "motion", "{\"id\":\"m" + i + "\",\"state\":\"active\"}"));
      BatchCodec.write(body, new Stamp(i + 1, NOW), motion, new HomeId("h-001"), null, List.of());
    }
    Input press = new Input.EventReceived(EngineFixture.read("demo-sos-001", "sos", "{}"));
    BatchCodec.write(body, new Stamp(readings + 1, NOW), press, null, null, List.of());
    body.flip();
    List<Decided> all = new ArrayList<>();
    JournalRecords.decisions(body, all::add);
    assertEquals(1, all.size());
    assertEquals(press, all.getFirst().input());
    List<Decided> whole = new ArrayList<>();
    BatchCodec.read(body.duplicate(), whole::add);
    assertEquals(readings + 1, whole.size());
  }
}
