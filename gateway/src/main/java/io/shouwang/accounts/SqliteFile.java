package io.shouwang.accounts;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database as one file of the state directory, readable by the owner alone. Write-ahead log,
 * synced at each commit ({@code synchronous=FULL}): what was answered survives a power cut.
 */
final class SqliteFile implements Database.Source {
  static final String NAME = "people.db";
  private static final int BUSY_MILLIS = 5_000;

  private final Path file;

  SqliteFile(Path data) {
    this.file = data.resolve(NAME);
  }

  boolean exists() {
    return Files.exists(file);
  }

  @Override
  public DataSource forWriting() throws IOException {
    boolean isPosix =
        Files.getFileStore(file.toAbsolutePath().getParent())
            .supportsFileAttributeView(PosixFileAttributeView.class);
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try {
      // Before SQLite does: it would ask the umask. Its log and index files take after this one.
      if (isPosix) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      if (isPosix) {
        Files.setPosixFilePermissions(file, ownerOnly);
      }
    }
    SQLiteConfig config = config();
    // The lock is taken at the start: a transaction never finds in its midst that it may not write.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return source(config);
  }

  @Override
  public DataSource forReading() {
    SQLiteConfig config = config();
    config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    return source(config);
  }

  private DataSource source(SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    return config;
  }
}
