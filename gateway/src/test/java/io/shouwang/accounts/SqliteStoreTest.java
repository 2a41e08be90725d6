package io.shouwang.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.shouwang.host.RealDisk;
import io.shouwang.model.AreaId;
import io.shouwang.model.ResponderId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts on SQLite, and what only a file can go through. */
class SqliteStoreTest extends StoreTest {
  @Override
  Database.Source source() {
    return new SqliteFile(data);
  }

  @Test
  void theFilesAreTheOwnersAlone() throws Exception {
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
            file.toString());
      }
    }
    assertTrue(Files.exists(data.resolve("people.db")));
    assertTrue(Files.exists(data.resolve("setup-token")));
  }

  @Test
  void itIsSyncedAtEachCommit() throws Exception {
    try (var handle = Jdbi.create(source().forWriting()).open()) {
      assertEquals("wal", handle.select("PRAGMA journal_mode").mapTo(String.class).one());
      assertEquals(2, handle.select("PRAGMA synchronous").mapTo(Integer.class).one());
      assertEquals(1, handle.select("PRAGMA foreign_keys").mapTo(Integer.class).one());
    }
  }

  @Test
  void aFileThatIsNoDatabaseLocksPeopleOutUntilItIsPutRight(@TempDir Path other) throws Exception {
    Path file = other.resolve("people.db");
    Files.writeString(file, "this is not a database, and long enough not to be taken for one");
    try (Accounts accounts =
        new Accounts(
            new SqliteFile(other),
            new RealDisk(),
            other,
            TestAccounts.CHEAP,
            clock,
            new SimpleMeterRegistry())) {
      assertFalse(accounts.awaitOpen());
      assertEquals(1, accounts.troubles().size());
      assertThrows(Unavailable.class, () -> accounts.people().all());
      assertThrows(Unavailable.class, () -> accounts.seats().find("x".repeat(43)));
      // What is to be recorded meanwhile waits, and holds nobody up.
      assertFalse(accounts.log().change(entry("a1")));
      accounts.log().look(entry("a2"));
      Files.delete(file);
      assertTrue(accounts.awaitOpen());
      assertEquals(List.of(), accounts.troubles());
      assertTrue(accounts.log().change(entry("a3")));
      assertEquals(
          List.of("a3", "a2", "a1"),
          accounts
              .log()
              .read(AuditQuery.of(Instant.EPOCH, clock.wall().plusSeconds(1)), 99, 99)
              .lines()
              .stream()
              .map(line -> line.entry().whose())
              .toList());
    }
  }

  private AuditEntry entry(String whose) {
    return new AuditEntry(clock.wall(), "user:li", "east", "show", whose, "::1", "200", "");
  }

  @Test
  void whatFindsNoRoomIsCountedIntoTheRecord(@TempDir Path other) throws Exception {
    Files.writeString(other.resolve("people.db"), "no database ".repeat(99));
    try (Accounts accounts =
        new Accounts(
            new SqliteFile(other),
            new RealDisk(),
            other,
            TestAccounts.CHEAP,
            clock,
            new SimpleMeterRegistry())) {
      assertFalse(accounts.awaitOpen());
      for (int i = 0; i < AuditLog.WAITING_MAX + 7; i++) {
        accounts.log().look(entry("a" + i));
      }
      assertEquals(2, accounts.troubles().size());
      Files.delete(other.resolve("people.db"));
      assertTrue(accounts.awaitOpen());
      accounts.tend();
      assertTrue(accounts.awaitOpen(), "behind what waited");
      assertTrue(accounts.log().change(entry("last")));
      List<AuditLog.Line> gaps =
          accounts
              .log()
              .read(
                  AuditQuery.of(Instant.EPOCH, clock.wall().plusSeconds(1)).by("gateway"),
                  Long.MAX_VALUE,
                  99)
              .lines();
      assertEquals(1, gaps.size());
      assertTrue(gaps.getFirst().entry().note().startsWith("7 entries"));
    }
  }

  @Test
  void aHashOfLesserCostIsMadeAnewAtTheNextLogin(@TempDir Path other) throws Exception {
    try (Accounts cheap = TestAccounts.in(other, clock)) {
      cheap
          .people()
          .setUp(
              Files.readString(other.resolve("setup-token")).strip(),
              new ResponderId("root"),
              "R",
              PASSWORD,
              new AreaId("city"),
              "zh",
              "::1");
    }
    PasswordHash.Cost dearer = new PasswordHash.Cost(128, 2, 1);
    try (Accounts dear = TestAccounts.in(other, dearer, clock)) {
      dear.entrance().login("root", PASSWORD, "", "::1", null);
      dear.entrance().login("root", PASSWORD, "", "::1", null);
    }
    try (var handle = Jdbi.create(new SqliteFile(other).forReading()).open()) {
      PersonRow row = PersonRow.find(handle, "root").orElseThrow();
      assertEquals(dearer, PasswordHash.costOf(row.password()));
    }
  }

  @Test
  void aCommandLooksBesideTheRunningGateway(@TempDir Path empty) throws IOException {
    assertEquals(0, new AtRest(Store.STANDARD, data).administrators());
    assertEquals(0, new AtRest(Store.STANDARD, empty).administrators());
    assertFalse(Files.exists(empty.resolve("people.db")), "a look makes nothing");
    assertThrows(IOException.class, () -> new AtRest(Store.STANDARD, empty).verify());
    assertEquals(
        new AuditVerdict.Whole(0, AuditChain.START), new AtRest(Store.STANDARD, data).verify());
  }
}
