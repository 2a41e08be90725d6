package io.shouwang.accounts;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.host.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People's accounts: one database, and what is done with it. Opens when it is tended, and tries
 * again each time it couldn't; meanwhile everything else goes on, and nobody can log in. Owns its
 * threads. Any thread.
 */
public final class Accounts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  private final Database database;
  private final Hashing hashing;
  private final Seats seats;
  private final Entrance entrance;
  private final Vouching vouching;
  private final People people;
  private final OwnAccount own;
  private final AuditLog log;
  private final Sealing sealing;
  private final ChainCheck chain;
  private final Glass glass;
  private final AlertNotes notes;
  private final Handovers handovers;
  private final SetupToken token;

  /**
   * Opens nothing yet; see {@link #tend}.
   *
   * @param data the state directory, ours alone
   */
  public Accounts(Disk disk, Path data, Store store, Clock clock, MeterRegistry meters) {
    this(
        source(store, data),
        disk,
        data,
        store.recordKept(),
        PasswordHash.Cost.STANDARD,
        clock,
        meters);
  }

  Accounts(
      Database.Source source,
      Disk disk,
      Path data,
      PasswordHash.Cost cost,
      Clock clock,
      MeterRegistry meters) {
    this(source, disk, data, Store.STANDARD.recordKept(), cost, clock, meters);
  }

  private Accounts(
      Database.Source source,
      Disk disk,
      Path data,
      Duration recordKept,
      PasswordHash.Cost cost,
      Clock clock,
      MeterRegistry meters) {
    SecureRandom random = new SecureRandom();
    this.token = new SetupToken(disk, data, random);
    this.database = new Database(source, this::begin);
    this.hashing = new Hashing(cost, random);
    this.seats = new Seats(database, clock, random);
    this.entrance = new Entrance(database, hashing, seats, clock, meters);
    this.vouching = new Vouching(database, hashing, seats, entrance, clock, random);
    this.people = new People(database, hashing, seats, entrance, token, clock, random);
    this.own = new OwnAccount(database, hashing, seats, entrance, clock, random);
    this.log = new AuditLog(database, clock, meters);
    this.sealing = new Sealing(database, disk, data, recordKept, clock);
    this.chain = new ChainCheck(log, clock);
    this.glass = new Glass(database, clock, random);
    this.notes = new AlertNotes(database, clock);
    this.handovers = new Handovers(database, clock, random);
    Gauge.builder("shouwang.people.seats", seats, Seats::count)
        .description("people logged in, locked seats among them")
        .register(meters);
    FunctionCounter.builder("shouwang.people.hashes", hashing, Hashing::done)
        .description("passwords hashed: the work that logins cost")
        .register(meters);
    Gauge.builder("shouwang.people.open", database, d -> d.isOpen() ? 1 : 0)
        .description("1 while people's accounts can be asked")
        .register(meters);
  }

  static Database.Source source(Store store, Path data) {
    Store.Postgres postgres = store.postgres();
    return postgres == null ? new SqliteFile(data) : new PostgresPool(postgres);
  }

  /** On the writer's thread, before the database counts as open. */
  private void begin() {
    AuditTable.Head head =
        database.inTransaction(handle -> {
          seats.load(handle);
          glass.load(handle);
          boolean isFirst = PersonRow.count(handle) == 0;
          try {
            if (isFirst && !token.exists()) {
              token.make();
            }
            if (token.exists()) {
              LOG.info("an administrator can be made with the one-time token in {}", token.path());
            }
          } catch (IOException e) {
            throw new UncheckedIOException("the set-up token can't be made", e);
          }
          return AuditTable.head(handle);
        });
    // Kept with the logs, elsewhere, it shows later that nothing before was changed.
    LOG.info("the record of who did what stands at {} {}", head.number(), head.hash());
  }

  /**
   * Opens the database if it isn't, and has what waits written; doesn't wait. Every few seconds.
   */
  public void tend() {
    database.tend();
    seats.tend();
    log.tend();
    sealing.tend();
    if (database.isOpen()) {
      chain.tend();
    }
  }

  /** Waits until an attempt to open it has ended; whether it is open. */
  public boolean awaitOpen() {
    return database.awaitOpen();
  }

  /** What is wrong though alarms are served, for people. */
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    database.trouble().ifPresent(troubles::add);
    log.trouble().ifPresent(troubles::add);
    sealing.trouble().ifPresent(troubles::add);
    chain.trouble().ifPresent(troubles::add);
    return troubles;
  }

  public Seats seats() {
    return seats;
  }

  public Entrance entrance() {
    return entrance;
  }

  public Vouching vouching() {
    return vouching;
  }

  public People people() {
    return people;
  }

  public OwnAccount own() {
    return own;
  }

  public AuditLog log() {
    return log;
  }

  public ChainCheck chain() {
    return chain;
  }

  public Glass glass() {
    return glass;
  }

  Sealing sealing() {
    return sealing;
  }

  public AlertNotes notes() {
    return notes;
  }

  public Handovers handovers() {
    return handovers;
  }

  long hashed() {
    return hashing.done();
  }

  @Override
  public void close() {
    sealing.close();
    log.tend();
    hashing.close();
    database.close();
  }
}
