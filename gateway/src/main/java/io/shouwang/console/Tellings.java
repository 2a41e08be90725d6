package io.shouwang.console;

import io.shouwang.alerts.Alert;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.Wording;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Changes of alerts as events of the live feed. A hundred seats are told the same of most alerts:
 * it is put into words once, by whoever needs it first. Any thread.
 */
final class Tellings {
  private static final int KEPT = 512;

  private final BiFunction<ResponderId, Directory, String> names;
  private final Clock clock;
  private final ZoneId zone;
  private final LongFunction<String> id;
  private final Map<Telling, byte[]> kept =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Telling, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  /** All that the words depend on; how long ago something was is told in whole seconds. */
  private record Telling(
      long change,
      Directory directory,
      Wording wording,
      Instant second,
      boolean isWhole,
      boolean isLifted,
      AlertJson.@Nullable Own own) {}

  /**
   * Has told nothing yet.
   *
   * @param names how somebody is called
   * @param id the text form of a change's number
   */
  Tellings(
      BiFunction<ResponderId, Directory, String> names,
      Clock clock,
      ZoneId zone,
      LongFunction<String> id) {
    this.names = names;
    this.clock = clock;
    this.zone = zone;
    this.id = id;
  }

  /** The event that tells a caller of a change, as it goes over the wire. Not to be written to. */
  byte[] of(LiveFeed.Change change, Caller caller, Directory directory, Wording wording) {
    Alert alert = change.seen().alert();
    Instant second = clock.wall().truncatedTo(ChronoUnit.SECONDS);
    Telling telling =
        new Telling(
            change.number(),
            directory,
            wording,
            second,
            Sight.isWhole(caller, alert),
            Veil.isLifted(caller, alert, second),
            AlertJson.Own.of(alert, caller));
    synchronized (kept) { // whoever waits wants what is being made
      return kept.computeIfAbsent(telling, wanted -> event(change, wanted));
    }
  }

  /** How many are at hand. */
  int kept() {
    synchronized (kept) {
      return kept.size();
    }
  }

  private byte[] event(LiveFeed.Change change, Telling telling) {
    Directory seen = Veil.over(telling.directory(), telling.isLifted());
    AlertJson words = new AlertJson(seen, telling.wording(), telling.second(), zone, names);
    Map<String, Object> line =
        words.own(words.line(change.seen(), telling.isWhole()), telling.own());
    String head = "id: " + id.apply(change.number()) + "\nevent: alert\ndata: ";
    String data = new String(JsonWriter.bytes(line), StandardCharsets.UTF_8);
    return (head + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
