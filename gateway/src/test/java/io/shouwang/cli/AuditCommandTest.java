package io.shouwang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.AuditEntry;
import io.shouwang.accounts.TestAccounts;
import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.ResponderId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code gateway audit verify} and {@code gateway setup-token}, beside accounts that are open. */
class AuditCommandTest {
  @TempDir private Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int verify(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "verify";
    arguments[1] = "--data";
    arguments[2] = data.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return run(new AuditCommand(), arguments);
  }

  @Test
  void theChainIsWalkedAndTheFirstBrokenLinkNamed() throws Exception {
    assertEquals(1, verify());
    assertTrue(err.toString().contains("people.db isn't there"), err.toString());
    try (Accounts accounts = TestAccounts.in(data, Clock.SYSTEM)) {
      for (int i = 1; i <= 5; i++) {
        accounts
            .log()
            .change(
                new AuditEntry(
                    Clock.SYSTEM.wall(), "user:li", "east", "show", "a" + i, "::1", "200", ""));
      }
      assertEquals(0, verify(), err.toString());
      assertTrue(out.toString().startsWith("5 entries are whole; the last is 5:"), out.toString());
      String noted = out.toString().strip().replaceAll(".* ", "");
      assertEquals(0, verify("--expect", noted), err.toString());
      assertEquals(1, verify("--expect", "5:" + "0".repeat(64)));
      assertEquals(1, verify("--expect", "6" + noted.substring(1)));
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + data + "/people.db");
          Statement statement = other.createStatement()) {
        assertEquals(
            1, statement.executeUpdate("UPDATE audit_entry SET whose = 'a9' WHERE number = 3"));
      }
      assertEquals(1, verify());
      assertTrue(err.toString().startsWith("entry 3 is broken: "), err.toString());
    }
  }

  @Test
  void whatWentToAnArchiveIsWalkedThereOrNamedIfItIsElsewhere() throws Exception {
    try (Accounts accounts = TestAccounts.in(data, Clock.SYSTEM)) {
      for (int i = 1; i <= 3; i++) {
        int years = i == 3 ? 0 : 4;
        accounts
            .log()
            .change(
                new AuditEntry(
                    Clock.SYSTEM.wall().minus(Duration.ofDays(366L * years)),
                    "user:li",
                    "east",
                    "show",
                    "a" + i,
                    "::1",
                    "200",
                    ""));
      }
      accounts.tend();
      Path archive = data.resolve("record").resolve("record-1-2.jsonl");
      long began = System.nanoTime();
      while (verify() != 0 || !out.toString().contains("are whole in the archive")) {
        assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(60), err + " " + out);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      assertTrue(out.toString().contains("entries 1 to 2 are whole in the archive"));
      assertTrue(out.toString().contains("4 entries are whole; the last is 4:"), out.toString());
      String text = Files.readString(archive);
      Files.writeString(archive, text.replace("\"a2\"", "\"a9\""));
      assertEquals(1, verify());
      assertTrue(err.toString().contains("entry 2 in it is not as it was written"));
      Files.delete(archive);
      assertEquals(0, verify(), err.toString());
      assertTrue(out.toString().contains("which isn't here; its SHA-256 must be "));
    }
  }

  @Test
  void aTokenIsMadeWhenNobodyAdministersOrWhenTheyLostTheirPasswords() throws Exception {
    Path file = data.resolve("setup-token");
    String[] plain = {"--data", data.toString()};
    assertEquals(0, run(new SetupTokenCommand(), plain), err.toString());
    String early = Files.readString(file);
    assertFalse(out.toString().contains(early.strip()), "said by its path only");
    try (Accounts accounts = TestAccounts.in(data, Clock.SYSTEM)) {
      assertEquals(early, Files.readString(file), "the first start keeps the one that is there");
      accounts
          .people()
          .setUp(
              early.strip(),
              new ResponderId("root"),
              "R",
              "four words that I know",
              new AreaId("city"),
              "zh",
              "::1");
      assertFalse(Files.exists(file));
      assertEquals(1, run(new SetupTokenCommand(), plain));
      assertTrue(err.toString().contains("1 may administer already"), err.toString());
      assertFalse(Files.exists(file));
      assertEquals(
          0, run(new SetupTokenCommand(), "--data", data.toString(), "--anyway"), err.toString());
      assertNotEquals(early, Files.readString(file));
    }
  }
}
