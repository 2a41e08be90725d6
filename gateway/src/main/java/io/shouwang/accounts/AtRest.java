package io.shouwang.accounts;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** People's database, looked at by a command; the gateway may be running beside it. */
public final class AtRest implements AutoCloseable {
  private final Database.Source source;
  private final RecordArchive archive;
  private final @Nullable SqliteFile file;
  private final Path path;

  /**
   * Looks at nothing yet.
   *
   * @param data the state directory
   */
  public AtRest(Store store, Path data) {
    this.source = Accounts.source(store, data);
    this.archive = new RecordArchive(data);
    this.file = source instanceof SqliteFile sqlite ? sqlite : null;
    this.path = data.resolve(SqliteFile.NAME);
  }

  /** How many may administer; none when there is no database yet. */
  public int administrators() throws IOException {
    return exists() ? read(handle -> PersonRow.administratorsBeside(handle, "")) : 0;
  }

  private boolean exists() {
    return file == null || file.exists();
  }

  /**
   * Walks the whole record.
   *
   * @throws NoSuchFileException when there is no database
   */
  public AuditVerdict verify() throws IOException {
    if (!exists()) {
      throw new NoSuchFileException(path.toString());
    }
    return read(AuditTable::verify);
  }

  /**
   * An archive of old entries.
   *
   * @param there whether it lies in the state directory
   * @param broken what is wrong with it; null if nothing is, or it isn't there
   * @param digest its SHA-256 as the record has it
   */
  public record Archive(
      String file, long first, long last, boolean there, @Nullable String broken, String digest) {}

  /** Walks the archives, the first first. */
  public List<Archive> archives() throws IOException {
    List<Archive> archives = new ArrayList<>();
    for (AuditSeal seal : read(AuditSeal::all)) {
      boolean there = archive.exists(seal);
      archives.add(
          new Archive(
              seal.file(),
              seal.first(),
              seal.number(),
              there,
              there ? archive.verify(seal).orElse(null) : null,
              seal.digest()));
    }
    return archives;
  }

  /**
   * An entry's hash as it stands in the table or an archive; empty when there is no such entry.
   *
   * @throws NoSuchFileException when there is no database
   */
  public String hash(long number) throws IOException {
    for (AuditSeal seal : read(AuditSeal::all)) {
      if (seal.first() <= number && number <= seal.number()) {
        return archive.hash(seal, number);
      }
    }
    return read(handle ->
        handle
            .createQuery("SELECT hash FROM audit_entry WHERE number = :number")
            .bind("number", number)
            .mapTo(String.class)
            .findOne()
            .orElse(""));
  }

  private <T> T read(Function<Handle, T> look) throws IOException {
    try {
      return Jdbi.create(source.forReading()).inTransaction(look::apply);
    } catch (JdbiException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String where = file == null ? source.name() : path.toString();
      throw new IOException(where + " can't be read: " + cause.getMessage(), e);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
