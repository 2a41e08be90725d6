package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Fact;
import io.shouwang.intake.Lane;
import io.shouwang.journal.JournalReader;
import io.shouwang.model.Input;
import io.shouwang.model.Session;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of the journal is kept for years. */
final class DistillingTest {

  private static List<ByteBuffer> bodies(EngineFixture at) throws Exception {
    List<ByteBuffer> bodies = new ArrayList<>();
    new JournalReader(at.disk, EngineFixture.DATA.resolve("journal"))
        .read(
            1,
            (sequence, body) -> bodies.add(ByteBuffer.allocate(body.remaining()).put(body).flip()));
    return bodies;
  }

  private static List<Decided> decided(ByteBuffer body) {
    List<Decided> all = new ArrayList<>();
    BatchCodec.read(body.duplicate(), all::add);
    return all;
  }

  @Test
  void readings_and_sessions_go_alone() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-pir-001", "motion", "{\"state\":\"active\"}");
      at.event("demo-band-001", "location", "{\"lat\":34.5,\"lon\":119.2}");
      at.offer(Lane.TELEMETRY, new Input.SessionKept(new Session("d", 60, 1, null)));
      at.settle();
      for (ByteBuffer body : bodies(at)) {
        assertNull(Distilling.distil(body));
      }
    }
  }

  @Test
  void every_alarm_reply_activation_and_fact_stays_with_its_number() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      EngineTest.story(at);
      List<Decided> before = new ArrayList<>();
      List<Decided> kept = new ArrayList<>();
      for (ByteBuffer body : bodies(at)) {
        before.addAll(decided(body));
        ByteBuffer distilled = Distilling.distil(body);
        if (distilled != null) {
          kept.addAll(decided(distilled));
        }
      }
      assertTrue(before.containsAll(kept));
      List<Decided> lost = new ArrayList<>(before);
      lost.removeAll(kept);
      for (Decided gone : lost) {
        assertTrue(
            gone.facts().stream().allMatch(fact -> fact instanceof Fact.FixKnown), gone.toString());
        assertTrue(
            gone.input() instanceof Input.SessionKept
                || (gone.input() instanceof Input.EventReceived e && !e.event().isAlarm()),
            gone.toString());
      }
      assertEquals(2, lost.size());
    }
  }

  /** The archive takes no batch that grew, and what is never distilled fills the disk. */
  @Test
  void what_an_earlier_version_wrote_keeps_its_bytes() throws Exception {
    int kept = 0;
    for (String line :
        Files.readAllLines(Path.of("src/test/resources/golden/v1/state/batches.hex"))) {
      ByteBuffer body = ByteBuffer.wrap(HexFormat.of().parseHex(line));
      ByteBuffer distilled = Distilling.distil(body.duplicate());
      if (distilled != null) {
        assertTrue(distilled.remaining() <= body.remaining());
        assertEquals(body.get(0), distilled.get(0), "its version");
        assertEquals(
            decided(body).stream().filter(Distilling::isKept).toList(), decided(distilled));
        kept++;
      }
    }
    assertTrue(kept > 3, "the story's alarms and replies: " + kept);
  }

  @Test
  void an_alarm_kind_that_rang_nobody_stays_too() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      at.event("demo-smoke-001", "smoke", "{\"state\":\"test\"}");
      at.event("demo-sos-001", "sos", "{\"action\":\"cancel\"}");
      for (ByteBuffer body : bodies(at)) {
        assertTrue(Distilling.distil(body) != null);
      }
    }
  }
}
