package io.shouwang.accounts;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.util.encoders.Base32;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of accounts on one kind of database. */
abstract class StoreTest {
  static final String PASSWORD = "a long enough password";
  private static final String ADDRESS = "192.0.2.1";
  private static final Actor ADMIN = new Actor("user:root", "city", ADDRESS);

  @TempDir Path data;
  final TestClock clock = new TestClock();
  private Accounts accounts;

  /** Where this test's database is; empty at its beginning. */
  abstract Database.Source source();

  @BeforeEach
  void open() {
    accounts = TestAccounts.in(source(), data, clock);
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  private void restart() {
    accounts.close();
    accounts = TestAccounts.in(source(), data, clock);
  }

  private void root() throws Exception {
    Path token = data.resolve(SetupToken.NAME);
    accounts
        .people()
        .setUp(
            Files.readString(token).strip(),
            new ResponderId("root"),
            "张主任",
            PASSWORD,
            new AreaId("city"),
            "zh",
            ADDRESS);
  }

  private Seats.Fresh login(String name, String password, String code) {
    return accounts.entrance().login(name, password, code, ADDRESS, null);
  }

  private Refusal.Why why(Runnable asked) {
    return assertThrows(Refusal.class, asked::run).why();
  }

  /** A dispatcher who chose a password. */
  private Seats.Fresh dispatcher(String id) {
    People.Made made =
        accounts
            .people()
            .make(
                new ResponderId(id),
                "李四",
                Set.of(OperatorRole.DISPATCHER),
                new AreaId("east"),
                "zh",
                ADMIN);
    String given = Objects.requireNonNull(made.password());
    Seats.Fresh first = login(id, given, "");
    accounts.own().changePassword(first.seat(), given, "", PASSWORD, ADMIN);
    return first;
  }

  @Test
  void theFirstStartGivesOneTokenAndTheTokenOneAdministrator() throws Exception {
    Path token = data.resolve(SetupToken.NAME);
    String given = Files.readString(token).strip();
    assertEquals(
        Refusal.Why.WRONG,
        why(() ->
            accounts
                .people()
                .setUp(
                    given + "x",
                    new ResponderId("eve"),
                    "Eve",
                    PASSWORD,
                    new AreaId("city"),
                    "zh",
                    ADDRESS)));
    root();
    assertFalse(Files.exists(token));
    assertEquals(
        Refusal.Why.WRONG,
        why(() ->
            accounts
                .people()
                .setUp(
                    given,
                    new ResponderId("eve"),
                    "Eve",
                    PASSWORD,
                    new AreaId("city"),
                    "zh",
                    ADDRESS)));
    assertEquals(1, accounts.people().all().size());
    restart();
    assertFalse(Files.exists(token), "no second one while somebody administers");
    assertEquals("张主任", login("root", PASSWORD, "").seat().person().name());
  }

  @Test
  void whoIsWrongLearnsNothingAndWaitsLongerAndLonger() throws Exception {
    root();
    for (String name : List.of("root", "nobody")) {
      for (int i = 0; i < Entrance.NAME_FREE; i++) {
        assertEquals(Refusal.Why.WRONG, why(() -> login(name, "wrong password", "")), name);
      }
      Refusal resting = assertThrows(Refusal.class, () -> login(name, PASSWORD, ""));
      assertEquals(Refusal.Why.RESTING, resting.why(), name);
      assertEquals(Duration.ofSeconds(1), resting.rest(), name);
    }
    clock.pass(Duration.ofSeconds(1));
    assertDoesNotThrow(() -> login("root", PASSWORD, ""));
    assertEquals(Refusal.Why.WRONG, why(() -> login("root", "wrong password", "")), "from anew");
  }

  /** Equal work is equal time: the hash is all that a login's time is made of. */
  @Test
  void whateverIsWrongCostsOneHash() throws Exception {
    root();
    dispatcher("li");
    Person person = accounts.people().find("li").orElseThrow();
    People.Change disabled = new People.Change(null, null, null, null, true, false, false);
    accounts.people().change(person, disabled, ADMIN);
    for (String name : List.of("root", "li", "nobody", "", "' OR '1'='1", "x".repeat(1_000))) {
      for (String password : List.of("wrong password", "x".repeat(1_000))) {
        long before = accounts.hashed();
        assertEquals(Refusal.Why.WRONG, why(() -> login(name, password, "")));
        assertEquals(before + 1, accounts.hashed(), name);
      }
    }
    long before = accounts.hashed();
    assertEquals(Refusal.Why.WRONG, why(() -> login("li", PASSWORD, "")), "disabled");
    assertEquals(before + 1, accounts.hashed());
  }

  @Test
  void aSeatNobodyComesBackToIsSweptAway() throws Exception {
    root();
    Seats.Fresh left = login("root", PASSWORD, "");
    clock.pass(Duration.ofDays(29));
    accounts.tend();
    assertTrue(accounts.seats().find(left.secret()).isPresent());
    clock.pass(Duration.ofDays(3));
    accounts.tend();
    assertTrue(accounts.seats().find(left.secret()).isEmpty());
    restart();
    assertTrue(accounts.seats().find(left.secret()).isEmpty());
  }

  @Test
  void tenThousandWrongLoginsHashFewPasswords() throws Exception {
    root();
    int hashed = 0;
    for (int i = 0; i < 10_000; i++) {
      if (why(() -> login("root", "wrong password", "")) == Refusal.Why.WRONG) {
        hashed++;
      }
      clock.pass(Duration.ofMillis(360)); // an hour in all
    }
    assertTrue(hashed < 20, "hashed " + hashed);
    clock.pass(Duration.ofMinutes(15));
    assertDoesNotThrow(() -> login("root", PASSWORD, ""));
  }

  @Test
  void anAddressThatFailsUnderManyNamesWaitsToo() {
    int wrong = 0;
    for (int i = 0; i < 200; i++) {
      String name = "n" + i;
      if (why(() -> login(name, "wrong password", "")) == Refusal.Why.WRONG) {
        wrong++;
      }
    }
    assertEquals(Entrance.ADDRESS_FREE, wrong);
  }

  @Test
  void aDisabledAccountLooksLikeAWrongPassword() throws Exception {
    root();
    Seats.Fresh seat = dispatcher("li");
    Person person = accounts.people().find("li").orElseThrow();
    accounts
        .people()
        .change(person, new People.Change(null, null, null, null, true, false, false), ADMIN);
    assertTrue(accounts.seats().find(seat.secret()).isEmpty(), "their seats end at once");
    Refusal disabled = assertThrows(Refusal.class, () -> login("li", PASSWORD, ""));
    Refusal unknown = assertThrows(Refusal.class, () -> login("no-one", PASSWORD, ""));
    assertEquals(unknown.words(), disabled.words());
    assertEquals(unknown.why(), disabled.why());
  }

  @Test
  void anotherRoleAreaOrPasswordEndsSeatsAndANameDoesNot() throws Exception {
    root();
    String secret = dispatcher("li").secret();
    Person person = accounts.people().find("li").orElseThrow();
    People.Change name = new People.Change("李小四", null, null, null, null, false, false);
    accounts.people().change(person, name, ADMIN);
    assertEquals("李小四", accounts.seats().find(secret).orElseThrow().person().name());
    Set<OperatorRole> roles = Set.of(OperatorRole.DISPATCHER, OperatorRole.SUPERVISOR);
    List<People.Change> ending =
        List.of(
            new People.Change(null, roles, null, null, null, false, false),
            new People.Change(null, null, new AreaId("west"), null, null, false, false),
            new People.Change(null, null, null, null, null, true, false));
    for (People.Change change : ending) {
      String open = login("li", PASSWORD, "").secret();
      Person now = accounts.people().find("li").orElseThrow();
      People.Made made = accounts.people().change(now, change, ADMIN);
      assertTrue(accounts.seats().find(open).isEmpty(), change.toString());
      assertEquals(change.resetPassword(), made.password() != null);
    }
    assertEquals(Refusal.Why.UNKNOWN, why(() -> accounts.people().change(person, name, ADMIN)));
  }

  @Test
  void theLastAdministratorStays() throws Exception {
    root();
    Person root = accounts.people().find("root").orElseThrow();
    Set<OperatorRole> auditor = Set.of(OperatorRole.AUDITOR);
    assertEquals(
        Refusal.Why.LAST,
        why(() ->
            accounts
                .people()
                .change(
                    root,
                    new People.Change(null, auditor, null, null, null, false, false),
                    ADMIN)));
  }

  @Test
  void aChangedPasswordEndsTheOtherSeatsAndKeepsThisOne() throws Exception {
    root();
    Seats.Fresh one = login("root", PASSWORD, "");
    Seats.Fresh other = login("root", PASSWORD, "");
    assertNotEquals(one.secret(), other.secret());
    String next = "another long password";
    assertEquals(
        Refusal.Why.WEAK,
        why(() -> accounts.own().changePassword(one.seat(), PASSWORD, "", "short", ADMIN)));
    assertEquals(
        Refusal.Why.WRONG,
        why(() -> accounts.own().changePassword(one.seat(), "wrong", "", next, ADMIN)));
    accounts.own().changePassword(one.seat(), PASSWORD, "", next, ADMIN);
    assertTrue(accounts.seats().find(one.secret()).isPresent());
    assertTrue(accounts.seats().find(other.secret()).isEmpty());
    assertEquals(Refusal.Why.WRONG, why(() -> login("root", PASSWORD, "")));
    assertDoesNotThrow(() -> login("root", next, ""));
  }

  private String code(String secret) {
    long step = clock.wall().getEpochSecond() / 30;
    return Totp.code(Base32.decode(secret), step, Totp.DIGITS);
  }

  @Test
  void aSecondFactorIsAskedForAndEachCodeCountsOnce() throws Exception {
    root();
    Seat seat = login("root", PASSWORD, "").seat();
    String secret = accounts.own().beginSecondFactor(seat, PASSWORD, "", ADMIN).secret();
    assertDoesNotThrow(() -> login("root", PASSWORD, ""), "it isn't in force yet");
    assertEquals(
        Refusal.Why.WRONG, why(() -> accounts.own().confirmSecondFactor(seat, "000000x", ADMIN)));
    List<String> recovery = accounts.own().confirmSecondFactor(seat, code(secret), ADMIN);
    assertEquals(OwnAccount.RECOVERY_CODES, Set.copyOf(recovery).size());
    assertEquals(Refusal.Why.CODE, why(() -> login("root", PASSWORD, "")));
    assertEquals(Refusal.Why.WRONG, why(() -> login("root", "a wrong password", "")), "not said");
    accounts.entrance().login("root", PASSWORD, recovery.getLast(), ADDRESS, null);
    assertEquals(Refusal.Why.WRONG, why(() -> login("root", PASSWORD, code(secret))), "used");
    clock.pass(Duration.ofSeconds(30));
    String fresh = code(secret);
    assertDoesNotThrow(() -> login("root", PASSWORD, fresh));
    assertEquals(Refusal.Why.WRONG, why(() -> login("root", PASSWORD, fresh)), "replayed");
    restart();
    assertEquals(Refusal.Why.WRONG, why(() -> login("root", PASSWORD, fresh)), "and after that");
    String typed = recovery.getFirst().toLowerCase(Locale.ROOT).replace("-", " ");
    assertDoesNotThrow(() -> login("root", PASSWORD, typed));
    assertEquals(Refusal.Why.WRONG, why(() -> login("root", PASSWORD, recovery.getFirst())));
    clock.pass(Duration.ofHours(1));
    Seat again = login("root", PASSWORD, recovery.get(1)).seat();
    accounts.own().removeSecondFactor(again, PASSWORD, code(secret), ADMIN);
    assertDoesNotThrow(() -> login("root", PASSWORD, ""));
  }

  @Test
  void aSeatLocksWhenIdleAndAfterAShiftAndIsUnlockedInPlace() throws Exception {
    root();
    Seats.Fresh fresh = login("root", PASSWORD, "");
    clock.pass(Duration.ofMinutes(29));
    accounts.seats().touch(standing(fresh, Seat.Standing.LIVE));
    clock.pass(Duration.ofMinutes(29));
    standing(fresh, Seat.Standing.LIVE);
    clock.pass(Duration.ofMinutes(1));
    Seat locked = standing(fresh, Seat.Standing.LOCKED);
    accounts.seats().touch(locked);
    standing(fresh, Seat.Standing.LOCKED);
    assertEquals(
        Refusal.Why.WRONG,
        why(() -> accounts.entrance().reauthenticate(locked, "wrong", "", ADMIN)));
    accounts.entrance().reauthenticate(locked, PASSWORD, "", ADMIN);
    Instant proved = clock.wall();
    while (clock.wall().isBefore(proved.plus(Seat.PROVED_MAX))) {
      accounts.seats().touch(standing(fresh, Seat.Standing.LIVE));
      clock.pass(Duration.ofMinutes(20));
    }
    standing(fresh, Seat.Standing.LOCKED);
    clock.pass(Seat.LOCKED_MAX);
    Seat spent = standing(fresh, Seat.Standing.SPENT);
    accounts.seats().endSpent(spent);
    assertTrue(accounts.seats().find(fresh.secret()).isEmpty());
  }

  private Seat standing(Seats.Fresh fresh, Seat.Standing expected) {
    Seat seat = accounts.seats().find(fresh.secret()).orElseThrow();
    assertEquals(expected, seat.standing(clock.wall()));
    return seat;
  }

  @Test
  void whoGuessesAtANameKeepsNoSeatOfItLocked() throws Exception {
    root();
    Seat seat = login("root", PASSWORD, "").seat();
    for (int i = 0; i < 10; i++) {
      assertThrows(
          Refusal.class, () -> accounts.entrance().login("root", "wrong", "", "203.0.113.9", null));
    }
    assertDoesNotThrow(() -> accounts.entrance().reauthenticate(seat, PASSWORD, "", ADMIN));
  }

  @Test
  void seatsOutliveARestartAndALogoutOutlivesItToo() throws Exception {
    root();
    Seats.Fresh stays = login("root", PASSWORD, "");
    Seats.Fresh leaves = login("root", PASSWORD, "");
    assertTrue(accounts.seats().end(leaves.seat().person(), leaves.seat().name(), ADMIN));
    clock.pass(Duration.ofMinutes(20));
    accounts.seats().touch(stays.seat());
    accounts.tend();
    restart();
    assertTrue(accounts.seats().find(leaves.secret()).isEmpty());
    clock.pass(Duration.ofMinutes(20));
    standing(stays, Seat.Standing.LIVE);
  }

  @Test
  void aLoginEndsTheBrowsersOldSeatAndTheEleventhThePersonsOldest() throws Exception {
    root();
    Seats.Fresh old = login("root", PASSWORD, "");
    Seats.Fresh now = accounts.entrance().login("root", PASSWORD, "", ADDRESS, old.seat());
    assertNotEquals(old.secret(), now.secret());
    assertTrue(accounts.seats().find(old.secret()).isEmpty());
    for (int i = 0; i < Seats.PER_PERSON_MAX; i++) {
      clock.pass(Duration.ofSeconds(1));
      login("root", PASSWORD, "");
    }
    assertEquals(Seats.PER_PERSON_MAX, accounts.seats().of(now.seat().person()).size());
    assertTrue(accounts.seats().find(now.secret()).isEmpty());
  }

  @Test
  void noSecretStandsInTheDatabase() throws Exception {
    root();
    Seats.Fresh fresh = login("root", PASSWORD, "");
    try (var handle = Jdbi.create(source().forReading()).open()) {
      String seats = handle.createQuery("SELECT * FROM seat").mapToMap().list().toString();
      String people = handle.createQuery("SELECT * FROM person").mapToMap().list().toString();
      assertFalse(seats.contains(fresh.secret()), "a seat's secret");
      assertFalse(people.contains(PASSWORD), "a password");
      assertTrue(people.contains("$argon2id$v=19$"), people);
    }
  }

  @Test
  void textsThatLookLikeSqlOrHtmlStayTexts() throws Exception {
    root();
    for (String name :
        List.of("'; DROP TABLE person; --", "<img src=x onerror=alert(1)>", "😀’\"")) {
      String id = "p" + Integer.toHexString(name.hashCode());
      accounts
          .people()
          .make(
              new ResponderId(id),
              name,
              Set.of(OperatorRole.GRID_WORKER),
              new AreaId("east"),
              "zh",
              ADMIN);
      assertEquals(name, accounts.people().find(id).orElseThrow().name());
    }
    assertEquals(Refusal.Why.WRONG, why(() -> login("' OR '1'='1", PASSWORD, "")));
    assertEquals(4, accounts.people().all().size());
  }

  private void record(int entries) {
    for (int i = 0; i < entries; i++) {
      assertTrue(
          accounts
              .log()
              .change(
                  new AuditEntry(
                      clock.wall(), "user:li", "east", "show", "a" + i, ADDRESS, "200", "")));
    }
  }

  @Test
  void theRecordIsAChainThatShowsWhereItWasTamperedWith() throws Exception {
    record(5);
    AuditVerdict.Whole whole = assertInstanceOf(AuditVerdict.Whole.class, accounts.log().verify());
    assertEquals(5, whole.entries());
    restart();
    assertEquals(whole, accounts.log().verify());
    accounts.chain().begin();
    ChainCheck.State state = accounts.chain().state();
    while (state instanceof ChainCheck.State.Walking) {
      state = accounts.chain().state();
    }
    assertEquals(new ChainCheck.State.Done(clock.wall(), whole), state);
    List<String> tamperings =
        List.of(
            "UPDATE audit_entry SET whose = 'b1' WHERE number = 2",
            "UPDATE audit_entry SET who = 'user:eve' WHERE number = 2",
            "UPDATE audit_entry SET at_ms = at_ms + 1 WHERE number = 2",
            "UPDATE audit_entry SET result = '404' WHERE number = 2",
            "DELETE FROM audit_entry WHERE number = 2");
    for (String tampering : tamperings) {
      AuditVerdict verdict =
          Jdbi.create(source().forWriting())
              .inTransaction(handle -> {
                handle.execute(tampering);
                AuditVerdict found = AuditTable.verify(handle);
                handle.rollback();
                return found;
              });
      assertEquals(2, assertInstanceOf(AuditVerdict.Broken.class, verdict).number(), tampering);
    }
    AuditVerdict cut =
        Jdbi.create(source().forWriting())
            .inTransaction(handle -> {
              handle.execute("DELETE FROM audit_entry WHERE number >= 4");
              AuditVerdict found = AuditTable.verify(handle);
              handle.rollback();
              return found;
            });
    assertEquals(4, assertInstanceOf(AuditVerdict.Broken.class, cut).number());
  }

  @Test
  void whatIsRecordedIsFoundByTimeAndByWho() throws Exception {
    record(3);
    clock.pass(Duration.ofHours(1));
    Instant later = clock.wall();
    root();
    List<AuditLog.Line> lines =
        accounts.log().read(AuditQuery.of(later, later.plusSeconds(1)), Long.MAX_VALUE, 10).lines();
    assertEquals(List.of("setup"), lines.stream().map(line -> line.entry().what()).toList());
    Instant never = later.plusSeconds(9);
    List<AuditLog.Line> ofLi =
        accounts
            .log()
            .read(AuditQuery.of(Instant.EPOCH, never).by("user:li"), Long.MAX_VALUE, 2)
            .lines();
    assertEquals(List.of("a2", "a1"), ofLi.stream().map(line -> line.entry().whose()).toList());
    List<AuditLog.Line> before =
        accounts
            .log()
            .read(AuditQuery.of(Instant.EPOCH, never).by("user:li"), ofLi.getLast().number(), 2)
            .lines();
    assertEquals(List.of("a0"), before.stream().map(line -> line.entry().whose()).toList());
  }

  @Test
  void eachLoginAndEachChangeStandsInTheRecord() throws Exception {
    root();
    assertEquals(Refusal.Why.WRONG, why(() -> login("root", "wrong password", "")));
    assertEquals(Refusal.Why.WRONG, why(() -> login("hunter2", "wrong password", "")));
    dispatcher("li");
    List<String> lines =
        accounts
            .log()
            .read(AuditQuery.of(Instant.EPOCH, clock.wall().plusSeconds(1)), 99, 99)
            .lines()
            .stream()
            .map(line ->
                line.entry().who()
                    + " "
                    + line.entry().what()
                    + " "
                    + line.entry().whose()
                    + " "
                    + line.entry().result())
            .toList()
            .reversed();
    assertEquals(
        List.of(
            "user:root setup root done",
            "user:root login root refused",
            "nobody login  refused",
            "user:root make_user li done",
            "user:li login li done",
            "user:root change_password li done"),
        lines);
  }

  @Test
  void brokenGlassIsOnTheRecordEndsByItselfAndOutlivesARestart() throws Exception {
    root();
    Person li = dispatcher("li").seat().person();
    accounts.glass().open(li, new AlertId("a1"), null, "the west's room is empty", ADMIN);
    accounts.glass().open(li, null, new HomeId("h-9"), "the west's room is empty", ADMIN);
    assertEquals(2, accounts.glass().of(li).size());
    assertNull(accounts.glass().of(li).getFirst().home());
    restart();
    assertEquals(2, accounts.glass().of(li).size());
    AuditEntry entry =
        accounts
            .log()
            .read(AuditQuery.of(Instant.EPOCH, clock.wall().plusSeconds(1)), 99, 1)
            .lines()
            .getFirst()
            .entry();
    assertEquals("break_glass", entry.what());
    assertEquals("the west's room is empty", entry.note());
    clock.pass(Glass.LASTS);
    assertEquals(List.of(), accounts.glass().of(li));
  }

  private AuditEntry entry(String what) {
    return new AuditEntry(clock.wall(), "user:li", "east", what, "h-1", ADDRESS, "200", "");
  }

  @Test
  void whatIsOldGoesToAnArchiveAndTheChainStaysWhole() throws Exception {
    root();
    for (int i = 0; i < 1_500; i++) {
      accounts.log().look(entry("old"));
    }
    assertTrue(accounts.log().change(entry("old")));
    Sealing sealing = accounts.sealing();
    assertEquals(0, sealing.seal(clock.wall()), "nothing is old yet");
    clock.pass(Store.STANDARD.recordKept().plusDays(29));
    assertTrue(accounts.log().change(entry("young")));
    assertEquals(0, sealing.seal(clock.wall()), "one archive a month is enough");
    clock.pass(Duration.ofDays(2));
    assertEquals(1_502, sealing.seal(clock.wall()));
    assertEquals(0, sealing.seal(clock.wall()));
    AuditVerdict.Whole whole = assertInstanceOf(AuditVerdict.Whole.class, accounts.log().verify());
    assertEquals(1_504, whole.entries());
    assertEquals(1_502, whole.sealed());
    List<AuditLog.Line> left =
        accounts
            .log()
            .read(AuditQuery.of(Instant.EPOCH, clock.wall().plusSeconds(1)), Long.MAX_VALUE, 99)
            .lines();
    assertEquals(
        List.of("seal_record", "young"), left.stream().map(line -> line.entry().what()).toList());
    Path archive = data.resolve(RecordArchive.FOLDER).resolve("record-1-1502.jsonl");
    List<String> lines = Files.readAllLines(archive);
    assertEquals(1_502, lines.size());

    clock.pass(Store.STANDARD.recordKept().plusDays(40));
    assertTrue(accounts.log().change(entry("later")));
    assertEquals(2, sealing.seal(clock.wall()), "the seal itself grows old, too");
    assertInstanceOf(AuditVerdict.Whole.class, accounts.log().verify());
    restart();
    assertInstanceOf(AuditVerdict.Whole.class, accounts.log().verify());

    try (var handle = Jdbi.create(source().forWriting()).open()) {
      List<AuditSeal> seals = AuditSeal.all(handle);
      assertEquals(2, seals.size());
      RecordArchive archives = new RecordArchive(data);
      assertEquals(Optional.empty(), archives.verify(seals.getFirst()));
      assertEquals(64, archives.hash(seals.getFirst(), 7).length());
      List<String> forged = new ArrayList<>(lines);
      forged.set(6, forged.get(6).replace("h-1", "h-2"));
      Files.write(archive, forged);
      assertTrue(archives.verify(seals.getFirst()).orElseThrow().startsWith("entry 7 "));
      Files.write(archive, lines.subList(0, 1_501));
      assertTrue(archives.verify(seals.getFirst()).isPresent());
      // Whoever cuts more off has to forge the seal, and the chain has another.
      handle.execute("DELETE FROM audit_entry WHERE number = 1505");
      handle.execute("UPDATE audit_seal SET number = 1505 WHERE number = 1504");
      assertInstanceOf(AuditVerdict.Broken.class, accounts.log().verify());
    }
  }

  @Test
  void notesLiveThroughARestartCountAreTakenBackAndGoWithTheirElder() throws Exception {
    AlertNotes.About about =
        new AlertNotes.About(
            new AlertId("a1"), new HomeId("h-1"), Set.of(new ElderId("e-1"), new ElderId("e-2")));
    AlertNotes.About other =
        new AlertNotes.About(new AlertId("a2"), new HomeId("h-2"), Set.of(new ElderId("e-3")));
    ResponderId li = new ResponderId("li");
    AlertNotes.Written first =
        accounts.notes().write(about, AlertNotes.id(li, "n"), li, "李", "x\n'; --", ADMIN);
    assertTrue(first.isNew());
    assertFalse(accounts.notes().write(about, AlertNotes.id(li, "n"), li, "李", "y", ADMIN).isNew());
    String long2000 = "守".repeat(AlertNotes.TEXT_LENGTH_MAX);
    assertTrue(
        accounts.notes().write(other, AlertNotes.id(li, "n"), li, "李", long2000, ADMIN).isNew());
    restart();
    assertEquals("x\n'; --", accounts.notes().of(about.alert()).getFirst().text());
    String id = first.note().id();
    ResponderId wang = new ResponderId("wang");
    assertEquals(
        Refusal.Why.UNKNOWN, why(() -> accounts.notes().takeBack(about.alert(), id, wang, ADMIN)));
    clock.pass(AlertNotes.TAKEN_BACK_WITHIN);
    assertFalse(accounts.notes().takeBack(about.alert(), id, li, ADMIN).takenBackAt() == null);
    clock.pass(Duration.ofSeconds(1));
    assertEquals(
        Refusal.Why.LATE,
        why(() -> accounts.notes().takeBack(other.alert(), AlertNotes.id(li, "n"), li, ADMIN)));
    for (int i = 1; i < AlertNotes.PER_ALERT_MAX; i++) {
      accounts.notes().write(about, AlertNotes.id(li, "m" + i), li, "李", "m", ADMIN);
    }
    assertEquals(
        Refusal.Why.TOO_MANY,
        why(() -> accounts.notes().write(about, AlertNotes.id(li, "z"), li, "李", "z", ADMIN)));
    assertEquals(AlertNotes.PER_ALERT_MAX, accounts.notes().erase(new ElderId("e-2"), ADMIN));
    assertEquals(List.of(), accounts.notes().of(about.alert()));
    assertEquals(1, accounts.notes().of(other.alert()).size());
    assertInstanceOf(AuditVerdict.Whole.class, accounts.log().verify());
  }
}
