package io.shouwang.accounts;

import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One shift hands over to the next: who gave, who took over, with a remark. Both are in the record.
 * Any thread that may wait; throws {@link Unavailable}.
 */
public final class Handovers {
  public static final int REMARK_LENGTH_MAX = 2_000;
  static final Duration KEPT = Duration.ofDays(400);
  private static final int ID_BYTES = 8;

  private final Database database;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * A sheet that was handed over.
   *
   * @param from when the shift began that it is about
   * @param openAlerts how many alerts were open then
   * @param takenAt null while nobody took over
   */
  public record Handover(
      String id,
      AreaId area,
      Instant from,
      Instant givenAt,
      String givenBy,
      String givenName,
      String remark,
      int openAlerts,
      @Nullable Instant takenAt,
      @Nullable String takenBy,
      @Nullable String takenName) {}

  Handovers(Database database, Clock clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Hands over.
   *
   * @param name of whoever does, for people
   */
  public Handover give(
      AreaId area, Instant from, String remark, int openAlerts, String name, Actor by) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
    Handover given =
        new Handover(
            HexFormat.of().formatHex(bytes),
            area,
            Instant.ofEpochMilli(from.toEpochMilli()),
            now,
            by.who(),
            name,
            remark,
            openAlerts,
            null,
            null,
            null);
    database.write(handle -> {
      handle
          .createUpdate(
              "INSERT INTO handover"
                  + " (id, area, from_ms, given_ms, given_by, given_name, remark, open_alerts)"
                  + " VALUES (:id, :area, :from, :given, :by, :name, :remark, :open)")
          .bind("id", given.id())
          .bind("area", area.value())
          .bind("from", from.toEpochMilli())
          .bind("given", now.toEpochMilli())
          .bind("by", given.givenBy())
          .bind("name", name)
          .bind("remark", remark)
          .bind("open", openAlerts)
          .execute();
      handle
          .createUpdate("DELETE FROM handover WHERE given_ms < :before")
          .bind("before", now.minus(KEPT).toEpochMilli())
          .execute();
      AuditTable.add(handle, by.entry(now, "hand_over", given.id(), "done", "open=" + openAlerts));
      return true;
    });
    return given;
  }

  /**
   * Takes over.
   *
   * @throws Refusal UNKNOWN when there is no such sheet, or somebody took over already
   */
  public Handover take(String id, String name, Actor by) {
    Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
    return database.write(handle -> {
      Handover before = find(handle, id);
      if (before == null) {
        throw new Refusal(Refusal.Why.UNKNOWN, "there is no such hand-over");
      }
      if (before.takenAt() != null) {
        throw new Refusal(Refusal.Why.UNKNOWN, "somebody took over already");
      }
      handle
          .createUpdate(
              "UPDATE handover SET taken_ms = :now, taken_by = :by, taken_name = :name"
                  + " WHERE id = :id")
          .bind("now", now.toEpochMilli())
          .bind("by", by.who())
          .bind("name", name)
          .bind("id", id)
          .execute();
      AuditTable.add(handle, by.entry(now, "take_over", id, "done", "from=" + before.givenBy()));
      return new Handover(
          id,
          before.area(),
          before.from(),
          before.givenAt(),
          before.givenBy(),
          before.givenName(),
          before.remark(),
          before.openAlerts(),
          now,
          by.who(),
          name);
    });
  }

  /** One of them; null if there is none. */
  public @Nullable Handover find(String id) {
    return database.read(handle -> find(handle, id));
  }

  /** The latest of an area itself, the newest first. */
  public List<Handover> latest(AreaId area, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM handover WHERE area = :area ORDER BY given_ms DESC, id LIMIT :most")
            .bind("area", area.value())
            .bind("most", most)
            .map((row, context) -> of(row))
            .list());
  }

  private static @Nullable Handover find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM handover WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> of(row))
        .findOne()
        .orElse(null);
  }

  private static Handover of(ResultSet row) throws SQLException {
    long takenMillis = row.getLong("taken_ms");
    boolean isTaken = !row.wasNull();
    return new Handover(
        row.getString("id"),
        new AreaId(row.getString("area")),
        Instant.ofEpochMilli(row.getLong("from_ms")),
        Instant.ofEpochMilli(row.getLong("given_ms")),
        row.getString("given_by"),
        row.getString("given_name"),
        row.getString("remark"),
        row.getInt("open_alerts"),
        isTaken ? Instant.ofEpochMilli(takenMillis) : null,
        row.getString("taken_by"),
        row.getString("taken_name"));
  }
}
