package io.shouwang.accounts;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.host.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import javax.sql.DataSource;
import org.bouncycastle.util.encoders.Base32;

/** Accounts for tests: passwords cost next to nothing here. */
public final class TestAccounts {
  static final PasswordHash.Cost CHEAP = new PasswordHash.Cost(64, 1, 1);

  private TestAccounts() {}

  /** Accounts whose database can't be had. */
  public static Accounts absent(Clock clock) {
    Database.Source nowhere =
        new Database.Source() {
          @Override
          public DataSource forWriting() throws IOException {
            throw new IOException("there is none");
          }

          @Override
          public DataSource forReading() throws IOException {
            throw new IOException("there is none");
          }
        };
    return new Accounts(
        nowhere, new RealDisk(), Path.of("none"), CHEAP, clock, new SimpleMeterRegistry());
  }

  /** What an authenticator shows at a time. */
  public static String code(String secret, Instant now) {
    return Totp.code(Base32.decode(secret), now.getEpochSecond() / 30, Totp.DIGITS);
  }

  /** Accounts in a directory, open. */
  public static Accounts in(Path data, Clock clock) {
    return in(data, CHEAP, clock);
  }

  static Accounts in(Path data, PasswordHash.Cost cost, Clock clock) {
    return open(
        new Accounts(
            new SqliteFile(data), new RealDisk(), data, cost, clock, new SimpleMeterRegistry()));
  }

  /** Accounts in another database, open. */
  static Accounts in(Database.Source source, Path data, Clock clock) {
    return open(
        new Accounts(source, new RealDisk(), data, CHEAP, clock, new SimpleMeterRegistry()));
  }

  private static Accounts open(Accounts accounts) {
    if (!accounts.awaitOpen()) {
      throw new IllegalStateException(String.valueOf(accounts.troubles()));
    }
    return accounts;
  }
}
