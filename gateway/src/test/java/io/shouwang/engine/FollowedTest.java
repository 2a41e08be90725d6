package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.figures.Figures;
import io.shouwang.figures.Load;
import io.shouwang.figures.LoadBook;
import io.shouwang.figures.Sample;
import io.shouwang.figures.Shown;
import io.shouwang.intake.Lane;
import io.shouwang.journal.JournalOptions;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who follows the engine sees what is synced and nothing else, and over a restart the same. */
class FollowedTest {
  private static final HomeId HOME = new HomeId("h-001");
  private static final AreaId CITY = new AreaId("c-yunjin");

  private static List<Sample> samples(Figures figures) {
    return figures.readings().of(HOME, Instant.EPOCH).samples();
  }

  @Test
  void readingsAreThereOnceTheyAreOnDiskAndAgainAfterARestart() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    Figures figures = new Figures(0);
    at.engine.followedBy(figures);
    at.offer(
        Lane.TELEMETRY,
        new Input.EventReceived(
            EngineFixture.read("demo-band-001", "vitals", "{\"heart_rate_bpm\":71}")));
    assertEquals(0, samples(figures).size(), "decided or not, it isn't on disk");
    at.settle();
    at.advance(Duration.ofMinutes(1));
    at.event("demo-band-001", "vitals", "{\"heart_rate_bpm\":74}");
    at.event("demo-band-001", "vitals", "?");
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
    assertEquals(List.of(71.0, 74.0), samples(figures).stream().map(Sample::value).toList());
    at.close();
    Figures again = new Figures(0);
    Recovered recovered =
        Recovered.open(
            at.disk,
            EngineFixture.DATA,
            new JournalOptions(256 * 1024, 256 * 1024, 60 * 1024, 42),
            Runnable::run,
            again);
    assertEquals(samples(figures), samples(again));
    assertEquals(
        figures.quarantine().of(new DeviceId("demo-band-001")),
        again.quarantine().of(new DeviceId("demo-band-001")));
    assertNotNull(again.quarantine().of(new DeviceId("demo-band-001")));
    assertNull(again.quarantine().of(new DeviceId("demo-sos-001")));
    recovered.close();
  }

  private static LoadBook book(EngineFixture at) {
    return new LoadBook(
        at.disk,
        EngineFixture.DATA,
        at.recovered::synced,
        at.recovered.replayedFrom(),
        EngineFixture.WORLD::directory,
        at.clock);
  }

  private static List<Shown> shown(Load load) {
    return load.of(CITY, Instant.EPOCH, true).shown();
  }

  @Test
  void theLoadGoesOnWhereItsFileEndsAndCountsNothingTwice() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    LoadBook load = book(at);
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
    at.advance(Duration.ofSeconds(9));
    at.reply("demo-desk", at.onlyAlert(), Reply.Answer.ACCEPT, 5, null);
    load.follow();
    List<Shown> first = shown(load);
    assertEquals(1, first.size());
    assertEquals(
        Duration.ofSeconds(9),
        Duration.between(first.getFirst().raisedAt(), first.getFirst().answeredAt()));
    load.keep();
    at.event("demo-sos-004", "sos", "{\"id\":\"p2\"}"); // after the file, before the crash
    at = at.restarted();
    LoadBook again = book(at);
    assertEquals(first, shown(again), "what the file has, before anything is read");
    again.follow();
    again.follow();
    assertEquals(2, shown(again).size());
    assertEquals(
        load.of(CITY, Instant.EPOCH, true).countedFrom(),
        again.of(CITY, Instant.EPOCH, true).countedFrom());
    at.close();
  }

  @Test
  void withoutAFileCountingBeginsAnewAndSaysSo() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    at.event("demo-sos-001", "sos", "{\"id\":\"p1\"}");
    LoadBook load = book(at);
    assertNull(load.of(CITY, Instant.EPOCH, true).countedFrom());
    load.follow();
    Instant from = load.of(CITY, Instant.EPOCH, true).countedFrom();
    assertEquals(at.onlyAlert().raisedAt(), from);
    load.keep();
    at.close();
    at.disk.delete(EngineFixture.DATA.resolve("load.figures"));
    EngineFixture other = new EngineFixture(at.disk, at.clock);
    LoadBook anew = book(other);
    anew.follow();
    assertEquals(1, shown(anew).size(), "replayed from the first batch there is");
    assertTrue(anew.of(CITY, Instant.EPOCH, true).countedFrom() != null);
    other.close();
  }
}
