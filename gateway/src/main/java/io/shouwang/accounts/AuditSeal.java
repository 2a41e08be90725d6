package io.shouwang.accounts;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What stands for entries of the record that went to an archive.
 *
 * @param number the last of them
 * @param hash its hash, from which the chain goes on
 * @param first the first of them
 * @param previous the hash before that one
 * @param file the archive's name
 * @param digest of the archive: hex of SHA-256
 * @param entry the entry that says all this within the chain
 */
record AuditSeal(
    long number, String hash, long first, String previous, String file, String digest, long entry) {
  static final String WHAT = "seal_record";

  /** What the entry says: so the chain vouches for the seal. */
  String words() {
    return "entries "
        + first
        + " to "
        + number
        + " of hash "
        + hash
        + " are in "
        + file
        + " of SHA-256 "
        + digest;
  }

  /** Whether its entry is there and says so. */
  boolean isSaid(Handle handle) {
    return AuditTable.after(handle, entry - 1).stream()
        .findFirst()
        .filter(line -> line.number() == entry)
        .filter(line -> line.entry().what().equals(WHAT))
        .filter(line -> line.entry().note().equals(words()))
        .isPresent();
  }

  /** All, the first first. */
  static List<AuditSeal> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM audit_seal ORDER BY number")
        .map((row, context) ->
            new AuditSeal(
                row.getLong("number"),
                row.getString("hash"),
                row.getLong("first_number"),
                row.getString("first_previous"),
                row.getString("file"),
                row.getString("digest"),
                row.getLong("entry")))
        .list();
  }

  static Optional<AuditSeal> latest(Handle handle) {
    List<AuditSeal> all = all(handle);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** Writes it down and takes what it stands for out of the table, in the caller's transaction. */
  void set(Handle handle) {
    handle
        .createUpdate(
            "INSERT INTO audit_seal (number, hash, first_number, first_previous, file, digest,"
                + " entry) VALUES (:number, :hash, :first, :previous, :file, :digest, :entry)")
        .bind("number", number)
        .bind("hash", hash)
        .bind("first", first)
        .bind("previous", previous)
        .bind("file", file)
        .bind("digest", digest)
        .bind("entry", entry)
        .execute();
    handle
        .createUpdate("DELETE FROM audit_entry WHERE number <= :number")
        .bind("number", number)
        .execute();
  }
}
