package io.shouwang.accounts;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Locale;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database as one of a PostgreSQL server. Each wait has its limit: a server that is gone or
 * hangs costs those who log in a few seconds, and nobody else anything. One gateway has it at a
 * time, since who is logged in is kept in memory.
 */
final class PostgresPool implements Database.Source {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresPool.class);
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 12; // less than Database waits

  /** "shouwang" in figures: the lock of whoever has these accounts open. */
  private static final long LOCK = 0x7368_6f75_7761_6e67L;

  private final Store.Postgres settings;
  private @Nullable HikariDataSource pool;

  PostgresPool(Store.Postgres settings) {
    this.settings = settings;
  }

  private synchronized HikariDataSource pool() {
    HikariDataSource open = pool;
    if (open != null) {
      return open;
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("people");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
    config.setInitializationFailTimeout(-1); // who asks first hears of it
    config.addDataSourceProperty("ApplicationName", "shouwang");
    config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
    config.addDataSourceProperty("loginTimeout", CONNECT_SECONDS);
    config.addDataSourceProperty("socketTimeout", ANSWER_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", true);
    config.addDataSourceProperty("targetServerType", "primary");
    config.addDataSourceProperty("sslmode", mode(settings.tls()));
    if (settings.authorities() != null) {
      config.addDataSourceProperty("sslrootcert", settings.authorities().toString());
    }
    HikariDataSource made = new HikariDataSource(config);
    pool = made;
    return made;
  }

  private static String mode(Store.Tls tls) {
    return tls == Store.Tls.OFF ? "disable" : tls.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public DataSource forWriting() {
    return pool();
  }

  @Override
  public DataSource forReading() {
    return pool();
  }

  @Override
  public void own(Handle handle) {
    boolean isOurs =
        handle
            .createQuery("SELECT pg_try_advisory_lock(:lock)")
            .bind("lock", LOCK)
            .mapTo(Boolean.class)
            .one();
    if (!isOurs) {
      throw new Unavailable("another gateway has people's accounts open");
    }
  }

  @Override
  public String name() {
    return settings.url();
  }

  @Override
  public synchronized void close() {
    HikariDataSource open = pool;
    pool = null;
    if (open != null) {
      open.close();
      LOG.debug("people's accounts: the connections are closed");
    }
  }
}
