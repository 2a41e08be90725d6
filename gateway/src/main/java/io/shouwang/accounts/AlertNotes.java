package io.shouwang.accounts;

import io.shouwang.host.Clock;
import io.shouwang.model.AlertId;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What dispatchers write about an alert: free text, so it is here and not in the journal, and goes
 * with the elder it is about. Each change is in the record in the same transaction. Any thread.
 */
public final class AlertNotes {
  /** In UTF-16 units. */
  public static final int TEXT_LENGTH_MAX = 2_000;

  public static final int PER_ALERT_MAX = 200;

  /** So long its author can take a note back. */
  public static final Duration TAKEN_BACK_WITHIN = Duration.ofMinutes(10);

  private final Database database;
  private final Clock clock;

  /**
   * A note.
   *
   * @param id tells it among those of its alert
   * @param name the author's, as it was then
   * @param takenBackAt when its author took it back; null if it stands
   */
  public record Note(
      AlertId alert,
      String id,
      ResponderId author,
      String name,
      Instant at,
      @Nullable Instant takenBackAt,
      String text) {
    @Override
    public String toString() {
      return "Note[" + alert + " " + id + "]"; // no text in a log
    }
  }

  /** A note that is on disk; new, or there already under the same name. */
  public record Written(Note note, boolean isNew) {}

  /**
   * What an alert's note is about.
   *
   * @param elders with whom it is erased
   */
  public record About(AlertId alert, HomeId home, Set<ElderId> elders) {
    public About {
      elders = Set.copyOf(elders);
    }
  }

  AlertNotes(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A note's name, from its author's own name for it: the same one twice is one note. */
  public static String id(ResponderId author, String own) {
    return Digest.hex(author.value() + "\n" + own).substring(0, 32);
  }

  /**
   * Writes a note down.
   *
   * @param id of {@link #id}
   * @param text without control characters but line feeds, not blank
   * @throws Refusal TOO_MANY
   * @throws Unavailable when the database doesn't answer
   */
  public Written write(
      About about, String id, ResponderId author, String name, String text, Actor by) {
    Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
    return database.write(handle -> {
      Optional<Note> before = find(handle, about.alert(), id);
      if (before.isPresent()) {
        return new Written(before.get(), false);
      }
      if (count(handle, about.alert()) >= PER_ALERT_MAX) {
        throw new Refusal(Refusal.Why.TOO_MANY, "an alert has at most " + PER_ALERT_MAX + " notes");
      }
      Note note = new Note(about.alert(), id, author, name, now, null, text);
      insert(handle, note, about);
      AuditTable.add(handle, by.entry(now, "write_note", about.alert().value(), "done", id));
      return new Written(note, true);
    });
  }

  /** All of an alert, oldest first, those taken back among them. */
  public List<Note> of(AlertId alert) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM alert_note WHERE alert = :alert ORDER BY at_ms, id")
            .bind("alert", alert.value())
            .map((row, context) -> note(row))
            .list());
  }

  /**
   * Its author takes a note back: it stays, and is said to be taken back, since somebody may have
   * acted on it.
   *
   * @throws Refusal UNKNOWN when there is none of this author's, LATE
   */
  public Note takeBack(AlertId alert, String id, ResponderId author, Actor by) {
    Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
    return database.write(handle -> {
      Note note =
          find(handle, alert, id)
              .filter(found -> found.author().equals(author))
              .orElseThrow(
                  () -> new Refusal(Refusal.Why.UNKNOWN, "only who wrote a note takes it back"));
      if (note.takenBackAt() != null) {
        return note;
      }
      if (note.at().plus(TAKEN_BACK_WITHIN).isBefore(now)) {
        throw new Refusal(
            Refusal.Why.LATE,
            "a note is taken back within "
                + TAKEN_BACK_WITHIN.toMinutes()
                + " minutes: write another one that sets it right");
      }
      handle
          .createUpdate(
              "UPDATE alert_note SET taken_back_ms = :now WHERE alert = :alert AND id = :id")
          .bind("now", now.toEpochMilli())
          .bind("alert", alert.value())
          .bind("id", id)
          .execute();
      AuditTable.add(handle, by.entry(now, "take_back_note", alert.value(), "done", id));
      return new Note(alert, id, author, note.name(), note.at(), now, note.text());
    });
  }

  /**
   * Erases all notes about an elder, whoever else they are about.
   *
   * @return how many there were
   */
  public int erase(ElderId elder, Actor by) {
    Instant now = clock.wall();
    return database.write(handle -> {
      List<Note> about =
          handle
              .createQuery(
                  "SELECT n.* FROM alert_note n JOIN alert_note_elder e"
                      + " ON e.alert = n.alert AND e.note = n.id WHERE e.elder = :elder")
              .bind("elder", elder.value())
              .map((row, context) -> note(row))
              .list();
      for (Note note : about) {
        for (String sql :
            List.of(
                "DELETE FROM alert_note_elder WHERE alert = :alert AND note = :id",
                "DELETE FROM alert_note WHERE alert = :alert AND id = :id")) {
          handle
              .createUpdate(sql)
              .bind("alert", note.alert().value())
              .bind("id", note.id())
              .execute();
        }
      }
      AuditTable.add(
          handle, by.entry(now, "erase_notes", elder.value(), "done", "count=" + about.size()));
      return about.size();
    });
  }

  private static Optional<Note> find(Handle handle, AlertId alert, String id) {
    return handle
        .createQuery("SELECT * FROM alert_note WHERE alert = :alert AND id = :id")
        .bind("alert", alert.value())
        .bind("id", id)
        .map((row, context) -> note(row))
        .findOne();
  }

  private static int count(Handle handle, AlertId alert) {
    return handle
        .createQuery("SELECT COUNT(*) FROM alert_note WHERE alert = :alert")
        .bind("alert", alert.value())
        .mapTo(Integer.class)
        .one();
  }

  private static void insert(Handle handle, Note note, About about) {
    handle
        .createUpdate(
            "INSERT INTO alert_note (alert, id, home, author, author_name, at_ms, text)"
                + " VALUES (:alert, :id, :home, :author, :name, :at, :text)")
        .bind("alert", note.alert().value())
        .bind("id", note.id())
        .bind("home", about.home().value())
        .bind("author", note.author().value())
        .bind("name", note.name())
        .bind("at", note.at().toEpochMilli())
        .bind("text", note.text())
        .execute();
    for (ElderId elder : about.elders()) {
      handle
          .createUpdate(
              "INSERT INTO alert_note_elder (alert, note, elder) VALUES (:alert, :id, :elder)")
          .bind("alert", note.alert().value())
          .bind("id", note.id())
          .bind("elder", elder.value())
          .execute();
    }
  }

  private static Note note(ResultSet row) throws SQLException {
    long takenBackMillis = row.getLong("taken_back_ms");
    boolean isTakenBack = !row.wasNull();
    return new Note(
        new AlertId(row.getString("alert")),
        row.getString("id"),
        new ResponderId(row.getString("author")),
        row.getString("author_name"),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        isTakenBack ? Instant.ofEpochMilli(takenBackMillis) : null,
        row.getString("text"));
  }
}
