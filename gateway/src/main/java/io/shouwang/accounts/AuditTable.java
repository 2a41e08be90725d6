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

  /** Entries before a number, the newest first. */
  static List<Line> before(
      Handle handle, long number, Instant from, Instant to, @Nullable String who, int limit) {
    Query query =
        handle
            .createQuery(
                "SELECT * FROM audit_entry WHERE number < :number AND at_ms >= :from"
                    + " AND at_ms < :to"
                    + (who == null ? "" : " AND who = :who")
                    + " ORDER BY number DESC LIMIT :limit")
            .bind("number", number)
            .bind("from", from.toEpochMilli())
            .bind("to", to.toEpochMilli())
            .bind("limit", limit);
    if (who != null) {
      query.bind("who", who);
    }
    return query.map((row, context) -> line(row)).list();
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
   * Walks the whole chain, from the latest seal on; that one must stand in the chain itself, or
   * whoever cuts the beginning off could write one.
   */
  static AuditVerdict verify(Handle handle) {
    Head head = head(handle);
    AuditSeal seal = AuditSeal.latest(handle).orElse(null);
    long number = seal == null ? 0 : seal.number();
    String hash = seal == null ? AuditChain.START : seal.hash();
    boolean isSealed = seal == null;
    while (true) {
      List<Line> page = after(handle, number);
      for (Line line : page) {
        isSealed = isSealed || (seal != null && seal.isSaidBy(line));
        if (line.number() != number + 1) {
          return new AuditVerdict.Broken(number + 1, "it is missing");
        }
        if (!AuditChain.hash(hash, line.number(), line.entry()).equals(line.hash())) {
          return new AuditVerdict.Broken(
              line.number(), "its hash doesn't follow from what it says and the one before it");
        }
        number = line.number();
        hash = line.hash();
      }
      if (page.isEmpty()) {
        if (!isSealed && seal != null) {
          return new AuditVerdict.Broken(
              seal.entry(), "it doesn't say what the archive of the entries before it is");
        }
        return head.number() == number && head.hash().equals(hash)
            ? new AuditVerdict.Whole(number, hash, seal == null ? 0 : seal.number())
            : new AuditVerdict.Broken(
                number + 1, "it is missing: the record once reached " + head.number());
      }
    }
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
