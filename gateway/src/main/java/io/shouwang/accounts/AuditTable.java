package io.shouwang.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The record's table. Statements run in the caller's transaction. */
final class AuditTable {
  private static final int PAGE = 1_000;

  /** So many entries one look reads at most; it holds one of two readers meanwhile. */
  private static final long LOOK = 50_000;

  /** By so many numbers entries may stand apart from the order of their times. */
  private static final long DISORDER = 10_000;

  private AuditTable() {}

  /** Where the chain stands. */
  record Head(long number, String hash) {}

  /** An entry with its place in the chain. */
  record Line(long number, AuditEntry entry, String hash) {}

  /** Adds an entry at the end of the chain. */
  static void add(Handle handle, AuditEntry entry) {
    Head head = head(handle);
    long number = head.number() + 1;
    String hash = AuditChain.hash(head.hash(), number, entry);
    handle
        .createUpdate(
            "INSERT INTO audit_entry"
                + " (number, at_ms, who, area, what, whose, address, result, note, hash) VALUES"
                + " (:number, :at, :who, :area, :what, :whose, :address, :result, :note, :hash)")
        .bind("number", number)
        .bind("at", entry.at().toEpochMilli())
        .bind("who", entry.who())
        .bind("area", entry.area())
        .bind("what", entry.what())
        .bind("whose", entry.whose())
        .bind("address", entry.address())
        .bind("result", entry.result())
        .bind("note", entry.note())
        .bind("hash", hash)
        .execute();
    handle
        .createUpdate("UPDATE audit_head SET number = :number, hash = :hash WHERE id = 1")
        .bind("number", number)
        .bind("hash", hash)
        .execute();
  }

  static Head head(Handle handle) {
    return handle
        .createQuery("SELECT number, hash FROM audit_head WHERE id = 1")
        .map((row, context) -> new Head(row.getLong(1), row.getString(2)))
        .one();
  }

  /**
   * Entries that are asked for, the newest first, as far as one look goes.
   *
   * @param below only those with a smaller number
   */
  static Page before(Handle handle, AuditQuery asked, long below, int limit) {
    long top = Math.min(below, numberAfter(handle, asked.to()));
    long bottom = numberBefore(handle, asked.from());
    // Only by its owner is an entry found without reading those between.
    long floor = asked.needsReading() ? Math.max(bottom, top - LOOK) : bottom;
    Query query =
        handle
            .createQuery(
                "SELECT * FROM audit_entry WHERE number < :top AND number >= :floor"
                    + " AND at_ms >= :from AND at_ms < :to"
                    + (asked.who() == null ? "" : " AND who = :who")
                    + (asked.whats().isEmpty() ? "" : " AND what IN (<whats>)")
                    + (asked.whose() == null
                        ? ""
                        : " AND ',' || whose || ',' LIKE :whose ESCAPE '!'")
                    + (asked.refused() ? " AND result <> 'done' AND result NOT LIKE '2%'" : "")
                    + " ORDER BY number DESC LIMIT :limit")
            .bind("top", top)
            .bind("floor", floor)
            .bind("from", asked.from().toEpochMilli())
            .bind("to", asked.to().toEpochMilli())
            .bind("limit", limit);
    if (asked.who() != null) {
      query.bind("who", asked.who());
    }
    if (!asked.whats().isEmpty()) {
      query.bindList("whats", List.copyOf(asked.whats()));
    }
    if (asked.whose() != null) {
      query.bind("whose", "%," + asked.whose().replaceAll("([!%_])", "!$1") + ",%");
    }
    List<Line> lines = query.map((row, context) -> line(row)).list();
    boolean isFull = lines.size() == limit;
    long reached = isFull ? lines.getLast().number() : floor;
    return new Page(
        lines.stream().filter(line -> asked.isAbout(line.entry())).toList(),
        reached,
        !isFull && floor <= bottom);
  }

  /** A page of entries after a number, in their order. */
  static List<Line> after(Handle handle, long number) {
    return handle
        .createQuery("SELECT * FROM audit_entry WHERE number > :number ORDER BY number LIMIT :page")
        .bind("number", number)
        .bind("page", PAGE)
        .map((row, context) -> line(row))
        .list();
  }

  /**
   * What one look found.
   *
   * @param reached all with this number and above were looked at
   * @param end there are none below
   */
  record Page(List<Line> lines, long reached, boolean end) {}

  /** A number that is greater than that of any entry before a time. */
  private static long numberAfter(Handle handle, Instant time) {
    return handle
        .createQuery("SELECT number FROM audit_entry WHERE at_ms < :at ORDER BY at_ms DESC LIMIT 1")
        .bind("at", time.toEpochMilli())
        .mapTo(Long.class)
        .findFirst()
        .map(number -> number + DISORDER)
        .orElse(0L);
  }

  /** A number that is no greater than that of any entry from a time on. */
  private static long numberBefore(Handle handle, Instant time) {
    return handle
        .createQuery("SELECT number FROM audit_entry WHERE at_ms >= :at ORDER BY at_ms LIMIT 1")
        .bind("at", time.toEpochMilli())
        .mapTo(Long.class)
        .findFirst()
        .map(number -> Math.max(1, number - DISORDER))
        .orElse(1L);
  }

  /** Walks the whole chain in one transaction. */
  static AuditVerdict verify(Handle handle) {
    Walk walk = Walk.START;
    while (walk.verdict() == null) {
      walk = step(handle, walk);
    }
    return walk.verdict();
  }

  /**
   * How far somebody walked along the chain.
   *
   * @param number of the last entry found as it was written
   * @param hash its hash
   * @param verdict null until the walk is over
   */
  record Walk(long number, String hash, @Nullable AuditVerdict verdict) {
    static final Walk START = new Walk(0, AuditChain.START, null);

    private Walk ends(AuditVerdict found) {
      return new Walk(number, hash, found);
    }
  }

  /**
   * Walks on a little; entries may be added, or go to an archive, between two steps. What went
   * there is stood for by the latest seal, and that one must stand in the chain itself: or whoever
   * cuts the beginning off could write one.
   */
  static Walk step(Handle handle, Walk walk) {
    Head head = head(handle);
    AuditSeal seal = AuditSeal.latest(handle).orElse(null);
    long sealed = seal == null ? 0 : seal.number();
    Walk at = seal != null && walk.number() < sealed ? new Walk(sealed, seal.hash(), null) : walk;
    List<Line> page = after(handle, at.number());
    for (Line line : page) {
      if (line.number() != at.number() + 1) {
        return at.ends(new AuditVerdict.Broken(at.number() + 1, "it is missing"));
      }
      if (!AuditChain.hash(at.hash(), line.number(), line.entry()).equals(line.hash())) {
        return at.ends(
            new AuditVerdict.Broken(
                line.number(), "its hash doesn't follow from what it says and the one before it"));
      }
      at = new Walk(line.number(), line.hash(), null);
    }
    if (page.size() == PAGE) {
      return at;
    }
    if (seal != null && !seal.isSaid(handle)) {
      return at.ends(
          new AuditVerdict.Broken(
              seal.entry(), "it doesn't say what the archive of the entries before it is"));
    }
    return head.number() == at.number() && head.hash().equals(at.hash())
        ? at.ends(new AuditVerdict.Whole(at.number(), at.hash(), sealed))
        : at.ends(
            new AuditVerdict.Broken(
                at.number() + 1, "it is missing: the record once reached " + head.number()));
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("number"),
        new AuditEntry(
            Instant.ofEpochMilli(row.getLong("at_ms")),
            row.getString("who"),
            row.getString("area"),
            row.getString("what"),
            row.getString("whose"),
            row.getString("address"),
            row.getString("result"),
            row.getString("note")),
        row.getString("hash"));
  }
}
