package io.shouwang.accounts;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where people's accounts are, and how long their record is.
 *
 * @param postgres null for a file of the state directory
 * @param recordKept entries of the record older than this go to an archive; at least {@link
 *     #RECORD_KEPT_MIN}
 */
public record Store(@Nullable Postgres postgres, Duration recordKept) {
  /** Six months, as GB/T 22239 wants it. */
  public static final Duration RECORD_KEPT_MIN = Duration.ofDays(183);

  /** A file, and three years at hand. */
  public static final Store STANDARD = new Store(null, Duration.ofDays(3 * 365 + 1));

  public Store {
    if (recordKept.compareTo(RECORD_KEPT_MIN) < 0) {
      throw new IllegalArgumentException("recordKept is less than " + RECORD_KEPT_MIN);
    }
  }

  /** How far a connection to a database is trusted. */
  public enum Tls {
    /** None: on this machine only. */
    OFF,
    /** Whatever certificate it shows. */
    REQUIRE,
    /** A certificate of an authority of ours. */
    VERIFY_CA,
    /** Of an authority of ours, and for this very name. */
    VERIFY_FULL
  }

  /**
   * A PostgreSQL database, or what speaks like one.
   *
   * @param url {@code jdbc:postgresql://host:port/name}, several hosts with commas; no parameters
   * @param password empty if none is asked for
   * @param authorities PEM of the authorities for VERIFY_CA and VERIFY_FULL; null for the default
   *     of the driver
   */
  public record Postgres(
      String url,
      String user,
      String password,
      Tls tls,
      @Nullable Path authorities,
      int connections) {
    @Override
    public String toString() {
      return url;
    }
  }
}
