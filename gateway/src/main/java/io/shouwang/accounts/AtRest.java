package io.shouwang.accounts;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** People's database, looked at by a command; the gateway may be running beside it. */
public final class AtRest {
  private final SqliteFile file;
  private final Path path;

  /**
   * Looks at nothing yet.
   *
   * @param data the state directory
   */
  public AtRest(Path data) {
    this.file = new SqliteFile(data);
    this.path = data.resolve(SqliteFile.NAME);
  }

  /** How many may administer; none when there is no database yet. */
  public int administrators() throws IOException {
    return file.exists() ? read(handle -> PersonRow.administratorsBeside(handle, "")) : 0;
  }

  /**
   * Walks the whole record.
   *
   * @throws NoSuchFileException when there is no database
   */
  public AuditVerdict verify() throws IOException {
    if (!file.exists()) {
      throw new NoSuchFileException(path.toString());
    }
    return read(AuditTable::verify);
  }

  /**
   * An entry's hash as it stands in the table; empty when there is no such entry.
   *
   * @throws NoSuchFileException when there is no database
   */
  public String hash(long number) throws IOException {
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
      return Jdbi.create(file.forReading()).inTransaction(look::apply);
    } catch (JdbiException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(path + " can't be read: " + cause.getMessage(), e);
    }
  }
}
