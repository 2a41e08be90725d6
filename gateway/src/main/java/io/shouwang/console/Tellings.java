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
 * it is put into words once, by whoever needs it first. What was said is good for one second, since
 * it says how long ago something was, and for one generation of the registry, which must not be
 * held on to. Any thread.
 */
final class Tellings {
  private static final int KEPT = 1_024;

  private final BiFunction<ResponderId, Directory, String> names;
  private final Clock clock;
  private final ZoneId zone;
  private final LongFunction<String> id;
  private final Map<Terms, byte[]> kept =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Terms, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  private @Nullable Directory directory;
  private @Nullable Instant second;

  /** All that the words depend on besides. */
  private record Terms(
      long change,
      Wording wording,
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
  @SuppressWarnings("ReferenceEquality") // a generation is itself and no other
  byte[] of(LiveFeed.Change change, Caller caller, Directory now, Wording wording) {
    Alert alert = change.seen().alert();
    Instant at = clock.wall().truncatedTo(ChronoUnit.SECONDS);
    Terms terms =
        new Terms(
            change.number(),
            wording,
            Sight.isWhole(caller, alert),
            Veil.isLifted(caller, alert, at),
            AlertJson.Own.of(alert, caller));
    synchronized (kept) {
      if (directory != now || !at.equals(second)) {
        kept.clear();
        directory = now;
        second = at;
      }
      return kept.computeIfAbsent(terms, wanted -> event(change, wanted, now, at));
    }
  }

  /** How many are at hand. */
  int kept() {
    synchronized (kept) {
      return kept.size();
    }
  }

  private byte[] event(LiveFeed.Change change, Terms terms, Directory now, Instant at) {
    AlertJson words =
        new AlertJson(Veil.over(now, terms.isLifted()), terms.wording(), at, zone, names);
    Map<String, Object> line = words.own(words.line(change.seen(), terms.isWhole()), terms.own());
    String head = "id: " + id.apply(change.number()) + "\nevent: alert\ndata: ";
    String data = new String(JsonWriter.bytes(line), StandardCharsets.UTF_8);
    return (head + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
