package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.alerts.AlertBook;
import io.shouwang.model.AlertId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest {
  private Site site;

  @BeforeEach
  void open() throws Exception {
    site = new Site();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private record Event(String id, String type, String data) {
    JsonNode json() throws IOException {
      return Site.JSON.readTree(data);
    }
  }

  /** A watcher's end of the feed. */
  private final class Feed implements AutoCloseable {
    private final BufferedReader lines;

    Feed(String authorization, @Nullable String lastEventId) throws Exception {
      HttpRequest.Builder request = site.request("/api/v1/stream", authorization);
      if (lastEventId != null) {
        request.header("Last-Event-ID", lastEventId);
      }
      HttpResponse<java.io.InputStream> response =
          site.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(200, response.statusCode());
      assertEquals(
          "text/event-stream;charset=utf-8",
          response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT));
      lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The next event; null at the feed's end. */
    @Nullable Event next() throws IOException {
      String id = "";
      String type = "";
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          return new Event(id, type, line.substring(6));
        } else if (line.startsWith(":")) {
          return new Event("", "comment", "");
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private static Event sure(@Nullable Event event) {
    if (event == null) {
      throw new AssertionError("the feed ended");
    }
    return event;
  }

  @Test
  void eachChangeIsToldToThoseWhoMaySeeIt() throws Exception {
    try (Feed east = new Feed(Site.bearer("east"), null);
        Feed relative = new Feed(Site.basic("daughter"), null)) {
      assertEquals("reset", sure(east.next()).type());
      assertEquals("reset", sure(relative.next()).type());
      site.press("sos-2"); // of another area, and of another family
      AlertId id = site.press("sos-1");
      Event event = sure(east.next());
      assertEquals("alert", event.type());
      assertEquals(id.value(), event.json().get("alert").asText());
      assertEquals("王秀英", event.json().get("elder").get("name").asText());
      assertEquals(id.value(), sure(relative.next()).json().get("alert").asText());
      site.post(Site.ALERTS + "/" + id + "/replies", Site.bearer("east"), "{\"reply\":\"accept\"}");
      assertEquals("accepted", sure(east.next()).json().get("state").asText());
    }
  }

  @Test
  void whoComesBackIsToldWhatTheyMissed() throws Exception {
    String last;
    try (Feed feed = new Feed(Site.bearer("east"), null)) {
      last = sure(feed.next()).id();
    }
    AlertId id = site.press("sos-1");
    try (Feed feed = new Feed(Site.bearer("east"), last)) {
      Event event = sure(feed.next());
      assertEquals("alert", event.type());
      assertEquals(id.value(), event.json().get("alert").asText());
    }
    for (String unknown : new String[] {"1-1", "x", last.replaceAll("-.*", "-999")}) {
      try (Feed feed = new Feed(Site.bearer("east"), unknown)) {
        assertEquals("reset", sure(feed.next()).type(), unknown);
      }
    }
  }

  private static ConsoleSettings.Limits beating(Duration heartbeat) {
    ConsoleSettings.Limits limits = Site.LIMITS;
    return new ConsoleSettings.Limits(
        limits.connections(),
        limits.headBytes(),
        limits.headTimeout(),
        limits.idleTimeout(),
        limits.bodyBytesPerSecondMin(),
        limits.roomWait(),
        limits.syncWait(),
        heartbeat,
        limits.streams(),
        limits.streamsPerCaller(),
        limits.streamQueueChanges(),
        limits.streamRingChanges(),
        limits.failedLoginsPerMinute());
  }

  @Test
  void theFeedShowsThatItLivesAndEndsWithTheRight() throws Exception {
    site.close();
    site =
        new Site(ConsoleSettings.plain("127.0.0.1", 0).withLimits(beating(Duration.ofMillis(5))));
    try (Feed feed = new Feed(Site.bearer("east"), null)) {
      assertEquals("reset", sure(feed.next()).type());
      assertEquals("comment", sure(feed.next()).type());
      site.revoked = Set.of("east");
      Event event;
      do {
        event = feed.next();
      } while (event != null && event.type().equals("comment"));
      assertNull(event, "a revoked token hears nothing more");
    }
  }

  @Test
  void whoHearsNothingOfOthersAlertsIsGivenSignsOfLifeAllTheSame() throws Exception {
    site.close();
    site =
        new Site(ConsoleSettings.plain("127.0.0.1", 0).withLimits(beating(Duration.ofSeconds(3))));
    try (Feed east = new Feed(Site.bearer("east"), null)) {
      assertEquals("reset", sure(east.next()).type());
      AtomicBoolean isOver = new AtomicBoolean();
      Thread elsewhere =
          Thread.ofVirtual()
              .start(() -> {
                while (!isOver.get()) { // of another area, oftener than a heart beats
                  site.engine.open().forEach(site.engine::tell);
                  LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
              });
      site.press("sos-2");
      assertEquals("comment", sure(east.next()).type());
      isOver.set(true);
      elsewhere.join();
    }
  }

  @Test
  void closingTheServerEndsTheFeeds() throws Exception {
    try (Feed feed = new Feed(Site.bearer("east"), null)) {
      assertEquals("reset", sure(feed.next()).type());
      site.close();
      Event event = null;
      try {
        event = feed.next();
      } catch (IOException e) {
        // also an end
      }
      assertNull(event);
    }
  }

  @Test
  void aWatcherWhoDoesNotKeepUpIsDroppedVisiblyAndTheRingIsBounded() throws Exception {
    ConsoleSettings.Limits usual = Site.LIMITS;
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Engine engine = new Engine();
    AlertBook.Seen seen;
    try (Site other = new Site()) {
      other.press("sos-1");
      seen = other.engine.open().getFirst();
    }
    ConsoleSettings.Limits small =
        new ConsoleSettings.Limits(
            usual.connections(),
            usual.headBytes(),
            usual.headTimeout(),
            usual.idleTimeout(),
            usual.bodyBytesPerSecondMin(),
            usual.roomWait(),
            usual.syncWait(),
            usual.heartbeat(),
            1,
            1,
            2,
            3,
            usual.failedLoginsPerMinute());
    try (LiveFeed feed = new LiveFeed(engine, "e", small, meters)) {
      LiveFeed.Watcher slow = feed.watch("slow", null);
      assertFalse(slow.resumes);
      assertThrowsBusy(feed);
      for (int i = 0; i < 3; i++) {
        engine.tell(seen);
      }
      assertTrue(slow.isEnded());
      assertEquals(0, feed.count());
      assertEquals(1.0, meters.get("shouwang.http.streams.dropped").counter().count());
      LiveFeed.Watcher back = feed.watch("slow", feed.id(1));
      assertTrue(back.resumes);
      assertEquals(1, back.missed.size(), "of an alert the latest");
      feed.leave(back);
      engine.tell(seen);
      engine.tell(seen);
      assertFalse(feed.watch("slow", feed.id(1)).resumes, "the ring holds only the last three");
    }
  }

  @Test
  void whatChangedMeanwhileIsToldOnceOfEachAlertAndNoClosingIsLost() throws Exception {
    AlertId first = site.press("sos-1");
    AlertId second = site.press("sos-2");
    AlertBook.Seen open = site.engine.find(first).orElseThrow();
    AlertBook.Seen other = site.engine.find(second).orElseThrow();
    site.post(
        Site.ALERTS + "/" + first + "/replies",
        Site.bearer("east"),
        "{\"reply\":\"done\",\"disposition\":\"false\",\"note\":\"a cushion\"}");
    AlertBook.Seen closed = site.engine.find(first).orElseThrow();
    assertFalse(closed.alert().isOpen());
    Engine engine = new Engine();
    ConsoleSettings.Limits usual = ConsoleSettings.Limits.DEFAULTS;
    try (LiveFeed feed = new LiveFeed(engine, "e", usual, new SimpleMeterRegistry())) {
      LiveFeed.Watcher watcher = feed.watch("east", null);
      List.of(open, other, open).forEach(engine::tell);
      assertEquals(List.of("2 open", "3 open"), told(watcher), "the latest of each");
      List.of(open, closed, open, other, open).forEach(engine::tell);
      assertEquals(List.of("5 closed", "7 open", "8 open"), told(watcher), "closed, and open anew");
      List.of(open, closed, closed).forEach(engine::tell);
      assertEquals(List.of("11 closed"), told(watcher));
      feed.wake();
      assertEquals(List.of(), told(watcher), "it only looks up");
    }
  }

  private static List<String> told(LiveFeed.Watcher watcher) throws InterruptedException {
    return watcher.next(Duration.ofSeconds(10).toNanos()).stream()
        .map(change -> change.number() + (change.seen().alert().isOpen() ? " open" : " closed"))
        .toList();
  }

  @Test
  void oneCallerCantTakeAllThePlacesThereAre() {
    ConsoleSettings.Limits usual = ConsoleSettings.Limits.DEFAULTS;
    try (LiveFeed feed = new LiveFeed(new Engine(), "e", usual, new SimpleMeterRegistry())) {
      for (int i = 0; i < usual.streamsPerCaller(); i++) {
        feed.watch("one too many", null);
      }
      assertThrowsBusy(feed);
      assertFalse(feed.watch("another", null).isEnded());
    }
  }

  private static void assertThrowsBusy(LiveFeed feed) {
    try {
      feed.watch("one too many", null);
    } catch (Problem problem) {
      assertEquals(503, problem.status());
      return;
    }
    throw new AssertionError("more watchers than allowed");
  }
}
