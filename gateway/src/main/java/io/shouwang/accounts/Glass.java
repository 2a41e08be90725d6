package io.shouwang.accounts;

import io.shouwang.host.Clock;
import io.shouwang.model.AlertId;
import io.shouwang.model.HomeId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Glass that was broken: somebody opened an alert or a home outside their area, for a reason that
 * auditors read. It widens the area, never the roles, and ends by itself. Any thread.
 */
public final class Glass {
  public static final Duration LASTS = Duration.ofMinutes(30);
  public static final int REASON_LENGTH_MAX = 500;
  static final int PER_PERSON_MAX = 20;

  private final Database database;
  private final Clock clock;
  private final SecureRandom random;
  private final List<Broken> broken = new CopyOnWriteArrayList<>();

  /**
   * What is open to somebody outside their area.
   *
   * @param alert the alert; null when it is a home
   * @param home the home; null when it is an alert
   */
  public record Broken(
      String person, @Nullable AlertId alert, @Nullable HomeId home, Instant until) {}

  Glass(Database database, Clock clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  /** What is open to a person now. */
  public List<Broken> of(Person person) {
    Instant now = clock.wall();
    return broken.stream()
        .filter(one -> one.person().equals(person.id().value()) && now.isBefore(one.until()))
        .toList();
  }

  /**
   * Opens an alert or a home for a while; on the record before it is open.
   *
   * @throws Refusal when the person has opened too many already
   * @throws Unavailable when the database doesn't answer: without a record nothing is opened
   */
  public Broken open(
      Person person, @Nullable AlertId alert, @Nullable HomeId home, String reason, Actor by) {
    if (of(person).size() >= PER_PERSON_MAX) {
      throw new Refusal(
          Refusal.Why.TOO_MANY, "at most " + PER_PERSON_MAX + " may be open to one person");
    }
    Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
    Broken opened = new Broken(person.id().value(), alert, home, now.plus(LASTS));
    byte[] id = new byte[16];
    random.nextBytes(id);
    String whose = alert != null ? alert.value() : String.valueOf(home);
    database.write(handle -> {
      handle
          .createUpdate(
              "INSERT INTO broken_glass (id, person, alert, home, reason, at_ms, until_ms)"
                  + " VALUES (:id, :person, :alert, :home, :reason, :at, :until)")
          .bind("id", HexFormat.of().formatHex(id))
          .bind("person", opened.person())
          .bind("alert", alert == null ? null : alert.value())
          .bind("home", home == null ? null : home.value())
          .bind("reason", reason)
          .bind("at", now.toEpochMilli())
          .bind("until", opened.until().toEpochMilli())
          .execute();
      AuditTable.add(handle, by.entry(now, "break_glass", whose, "done", reason));
      return true;
    });
    broken.removeIf(one -> !now.isBefore(one.until()));
    broken.add(opened);
    return opened;
  }

  /** Reads what is open still. */
  void load(Handle handle) {
    broken.clear();
    broken.addAll(
        handle
            .createQuery("SELECT * FROM broken_glass WHERE until_ms > :now")
            .bind("now", clock.wall().toEpochMilli())
            .map((row, context) -> {
              String alert = row.getString("alert");
              String home = row.getString("home");
              return new Broken(
                  row.getString("person"),
                  alert == null ? null : new AlertId(alert),
                  home == null ? null : new HomeId(home),
                  Instant.ofEpochMilli(row.getLong("until_ms")));
            })
            .list());
  }
}
