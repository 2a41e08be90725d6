package io.shouwang.sim.screen;

import static java.util.stream.Collectors.joining;

import io.shouwang.sim.message.Alert;
import io.shouwang.sim.message.Alert.Elder;
import io.shouwang.sim.message.Alert.Home;
import io.shouwang.sim.message.Alert.Place;
import io.shouwang.sim.screen.Terminal.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An alert laid out as a responder reads it: what, who, where, how to get in, why, until when. */
public final class AlertCard {
  private AlertCard() {}

  /** Prints the card under {@code who}, its reader; {@code number} is how keys name the alert. */
  public static void print(Terminal terminal, Instant at, String who, int number, Alert alert) {
    List<Row> rows = new ArrayList<>();
    add(rows, "who", alert.elders().stream().map(AlertCard::person).collect(joining(", ")));
    Home home = alert.home();
    add(rows, "where", joined(home.address(), home.area()));
    add(rows, "phone", home.phone());
    add(rows, "access", home.access());
    add(rows, "place", place(alert.location()));
    add(rows, "why", alert.why());
    add(rows, "raised", time(terminal, alert.raisedAt()));
    add(rows, "rung", alert.rung() == null ? null : String.valueOf(alert.rung()));
    add(rows, "coming", String.join(", ", alert.coming()));
    add(rows, "reply", alert.replyBy() == null ? null : "by " + terminal.time(alert.replyBy()));
    add(rows, "link", alert.link());
    terminal.card(at, who, "[" + number + "] " + title(alert), rows);
  }

  private static String title(Alert alert) {
    return Stream.of(kind(alert.kind()), alert.severity(), alert.state(), alert.id())
        .filter(word -> word != null && !word.isBlank())
        .collect(joining("  "));
  }

  private static String kind(@Nullable String kind) {
    return kind == null ? "ALERT" : kind.toUpperCase(Locale.ROOT);
  }

  private static String person(Elder elder) {
    String name = elder.name() == null ? String.valueOf(elder.id()) : elder.name();
    return elder.age() == null ? name : name + " (" + elder.age() + ")";
  }

  private static @Nullable String place(@Nullable Place place) {
    if (place == null) {
      return null;
    }
    String where = String.format(Locale.ROOT, "%.5f, %.5f", place.lat(), place.lon());
    String age = place.ageSeconds() == null ? null : place.ageSeconds() + " s old";
    return joined(where, place.source(), age);
  }

  private static @Nullable String time(Terminal terminal, @Nullable Instant at) {
    return at == null ? null : terminal.time(at);
  }

  private static String joined(@Nullable String... parts) {
    return Stream.of(parts).filter(part -> part != null && !part.isBlank()).collect(joining(", "));
  }

  private static void add(List<Row> rows, String label, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      rows.add(new Row(label, text));
    }
  }
}
