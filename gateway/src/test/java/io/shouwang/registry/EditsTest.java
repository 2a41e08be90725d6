package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.registry.RegistryFolder.Edits;
import io.shouwang.registry.RegistryFolder.Import;
import io.shouwang.simulation.PowerCut;
import io.shouwang.simulation.Seed;
import io.shouwang.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edits are generations: checked against the whole, durable, the same again after a restart. */
class EditsTest {
  private static final Path DATA = Path.of("data");
  private static final Instant AT = Instant.parse("2026-11-29T06:00:00Z");

  private final SimulatedDisk disk = new SimulatedDisk();
  private final RegistryFolder folder = new RegistryFolder(disk, DATA);
  private Registry now = TestRegistry.of(Map.of());

  @BeforeEach
  void begin() throws IOException {
    now = imported(folder, files());
  }

  private static TestRegistry files() {
    return new TestRegistry()
        .with(
            "ways.csv",
            """
            responder,channel,address,after,verified
            r1,mqtt,,,
            r1,sms,+8613800000000,40s,2026-01-31
            """)
        .with(
            "schedules.csv",
            """
            id,people,start,turn_days,handover,hours
            night,r1 desk,2026-01-05,weekly,08:00,20:00-08:00
            """)
        .with(
            "exceptions.csv",
            """
            schedule,from,to,people,reason
            night,2026-02-01T20:00,2026-02-02T08:00,desk,"ill, at home"
            """)
        .with(
            "fences.csv",
            """
            id,elder,name,kind,shape
            f1,e1,Around,safe,circle 32.06 120.86 500
            """);
  }

  private static Registry imported(RegistryFolder folder, TestRegistry files) throws IOException {
    Import came = folder.importFrom(files.source(), TestRegistry.ROLES);
    return assertInstanceOf(Import.Imported.class, came).registry();
  }

  private RegistryFolder.Made edit(Entry... entries) throws IOException {
    List<Change> changes = new ArrayList<>();
    for (Entry entry : entries) {
      changes.add(Change.of(AT, "user:feng", now.entry(entry.section(), entry.id()), entry));
    }
    RegistryFolder.Made made = folder.amend(now, changes, TestRegistry.ROLES);
    now = made.registry() == null ? now : made.registry();
    return made;
  }

  private void edited(Entry... entries) throws IOException {
    RegistryFolder.Made made = edit(entries);
    assertEquals(List.of(), made.problems());
    assertNotNull(made.registry());
  }

  private List<String> problems(Entry... entries) throws IOException {
    RegistryFolder.Made made = edit(entries);
    assertNull(made.registry());
    return made.problems().stream().map(EntryProblem::toString).toList();
  }

  private static Entry entry(Section section, String id, String... pairs) {
    return new Entry(section, id, List.of(row(pairs)));
  }

  private static Entry gone(Section section, String id) {
    return new Entry(section, id, List.of());
  }

  private static Map<String, String> row(String... pairs) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      row.put(pairs[i], pairs[i + 1]);
    }
    return row;
  }

  /** Everything that a registry says, to be compared. */
  private static String said(Registry registry) {
    StringBuilder said = new StringBuilder(registry.counts().toString());
    registry.eachHome(home -> {
      said.append('\n').append(registry.home(home)).append(registry.devices(home));
      registry.elders(home).forEach(elder -> said.append(registry.elder(elder)));
      for (Role role : registry.roles().stream().sorted().toList()) {
        said.append(registry.contacts(home, Set.copyOf(registry.elders(home)), role));
      }
      said.append(registry.desks(home));
    });
    registry.eachLogin(id -> {
      said.append('\n').append(id).append(registry.responder(new ResponderId(id)));
      said.append(registry.ways(new ResponderId(id)));
    });
    registry
        .draft()
        .schedules
        .forEach((id, schedule) ->
            said.append('\n')
                .append(registry.entry(Section.SCHEDULES, id).rows())
                .append(registry.entry(Section.EXCEPTIONS, id).rows()));
    return said.toString();
  }

  @Test
  void anEntryReadsAsItsRowsDo() {
    assertEquals(
        List.of(Map.of("id", "h1", "address", "Road 1", "area", "g")),
        now.entry(Section.HOMES, "h1").rows());
    assertEquals(
        List.of(
            Map.of("responder", "r1", "channel", "mqtt"),
            Map.of(
                "responder",
                "r1",
                "channel",
                "sms",
                "address",
                "+8613800000000",
                "after",
                "40s",
                "verified",
                "2026-01-31")),
        now.entry(Section.WAYS, "r1").rows());
    assertEquals(
        List.of(
            Map.of("responder", "r1", "role", "relative", "relation", "daughter", "elder", "e1")),
        now.entry(Section.ELDER_CONTACTS, "e1").rows());
    assertEquals(
        "ill, at home", now.entry(Section.EXCEPTIONS, "night").rows().getFirst().get("reason"));
    assertTrue(now.entry(Section.ELDERS, "nobody").isAbsent());
  }

  @Test
  void everyEntryCanBePutBackAsItReads() throws IOException {
    String before = said(now);
    List<Entry> all = new ArrayList<>();
    for (Section section : Section.values()) {
      for (String id :
          List.of("c", "g", "h1", "h2", "e1", "e2", "d1", "d2", "d3", "r1", "desk", "night")) {
        Entry entry = now.entry(section, id);
        if (!entry.isAbsent()) {
          all.add(entry);
        }
      }
    }
    assertEquals(16, all.size());
    edited(all.toArray(Entry[]::new));
    assertEquals(before, said(now));
  }

  @Test
  void addedChangedAndTakenAway() throws IOException {
    edited(
        entry(Section.HOMES, "h9", "address", "Road 9", "area", "g", "phone", "0513-85000009"),
        entry(Section.ELDERS, "e9", "home", "h9", "name", "Sun"),
        entry(Section.RESPONDERS, "r9", "name", "Li"),
        new Entry(
            Section.ELDER_CONTACTS,
            "e9",
            List.of(
                row("responder", "r9", "role", "relative", "relation", "son"),
                row("responder", "@night", "role", "neighbour"))),
        entry(Section.DEVICES, "d9", "type", "button", "elder", "e9"));
    HomeId home = new HomeId("h9");
    assertEquals(List.of(new ElderId("e9")), now.elders(home));
    assertEquals(List.of(new DeviceId("d9")), now.devicesOf(home));
    assertEquals(
        "[r9]",
        now.contacts(home, Set.of(new ElderId("e9")), new Role("relative")).stream()
            .map(c -> c.responder().value())
            .toList()
            .toString());
    assertEquals(home, now.callers("0513 85000009").getFirst().home());

    edited(
        entry(Section.ELDERS, "e9", "home", "h1", "name", "Sun Mei"),
        entry(Section.HOMES, "h9", "address", "Road 9", "area", "g", "phone", "0513-85000010"));
    assertEquals(List.of(), now.elders(home));
    assertEquals(2, now.elders(new HomeId("h1")).size());
    assertTrue(now.devicesOf(new HomeId("h1")).contains(new DeviceId("d9")), "goes with the elder");
    assertEquals(List.of(), now.callers("0513 85000009"));
    assertEquals(1, now.callers("0513 85000010").size());

    edited(
        gone(Section.DEVICES, "d9"),
        gone(Section.ELDERS, "e9"),
        gone(Section.HOMES, "h9"),
        gone(Section.RESPONDERS, "r9"));
    assertNull(now.home(home));
    assertNull(now.placement(new DeviceId("d9")));
    assertEquals(List.of(), now.callers("0513 85000010"));
    assertEquals(
        said(TestRegistry.of(Map.of())).lines().filter(l -> l.contains("h1")).toList(),
        said(now).lines().filter(l -> l.contains("h1")).toList());
  }

  @Test
  void whatMakesNoSenseIsRefusedAllAtOnceWithFieldAndRemedy() throws IOException {
    assertEquals(
        List.of(
            "homes h3 address is empty; fill it in",
            "homes h3 area is no area; add it to areas.csv or correct it",
            "elders e3 birth_year is no year of birth; write four digits like 1941, or nothing"),
        problems(
            entry(Section.HOMES, "h3", "area", "nowhere"),
            entry(Section.ELDERS, "e3", "home", "h1", "name", "Li", "birth_year", "41")));
    assertEquals(
        List.of(
            "responders d1 id is the id of a device already; choose another: devices,"
                + " responders and operators share one set of names"),
        problems(entry(Section.RESPONDERS, "d1", "name", "Li")));
    assertEquals(
        List.of(
            "devices o1 id is the id of an operator already; choose another: devices,"
                + " responders and operators share one set of names"),
        problems(entry(Section.DEVICES, "o1", "type", "button")));
    assertEquals(
        List.of(
            "elder-contacts e1 row 2 role is no role; did you mean \"relative\"? (known are:"
                + " duty_desk, grid_worker, neighbour, relative, service_organization, village_cadre)"),
        problems(
            new Entry(
                Section.ELDER_CONTACTS,
                "e1",
                List.of(
                    row("responder", "r1", "role", "relative"),
                    row("responder", "r1", "role", "relativ")))));
    String hash = now.hash();
    assertEquals(Optional.of(hash), folder.next());
  }

  @Test
  void nothingIsTakenAwayThatOthersName() throws IOException {
    assertEquals(
        List.of(
            "elders e1 home names home h1, which is taken away; let it name another first, or take"
                + " it away, too",
            "devices d1 home names home h1, which is taken away; let it name another first, or take"
                + " it away, too"),
        problems(gone(Section.HOMES, "h1")));
    assertEquals(
        List.of(
            "elder-contacts e1 responder names r1, which isn't there; name somebody else there"
                + " first",
            "schedules night people names r1, who isn't there; put somebody else on call first"),
        problems(gone(Section.RESPONDERS, "r1")));
    assertEquals(
        List.of(
            "area-contacts g role has 2 homes for which no duty desk answers; let a duty_desk"
                + " answer for this area or one above it"),
        problems(gone(Section.AREA_CONTACTS, "c")));
    assertEquals(
        List.of(
            "devices d1 home is not where elder e1 lives; leave the device's home empty, so"
                + " that it goes with the elder, or correct it first"),
        problems(entry(Section.ELDERS, "e1", "home", "h2", "name", "Lin")));
  }

  @Test
  void aRestartFindsTheSame() throws IOException {
    Random random = Seed.of("EditsTest").random();
    edit(gone(Section.ELDERS, "e6")); // nobody yet, and so without a place
    edit(entry(Section.ELDERS, "e8", "home", "h2", "name", "N8"));
    edit(entry(Section.ELDERS, "e6", "home", "h2", "name", "N6"));
    for (int i = 0; i < 60; i++) {
      String id = "e" + random.nextInt(12);
      String home = "h" + (1 + random.nextInt(2));
      switch (random.nextInt(5)) {
        case 0 -> edit(gone(Section.ELDERS, id));
        case 1 -> edit(entry(Section.RESPONDERS, "r" + random.nextInt(6), "name", "N" + i));
        case 2 ->
            edit(
                new Entry(
                    Section.HOME_CONTACTS,
                    home,
                    List.of(
                        row("responder", "r" + random.nextInt(6), "role", "neighbour"),
                        row("responder", "r1", "role", "neighbour", "relation", "x" + i))));
        case 3 ->
            edit(
                new Entry(
                    Section.ELDER_CONTACTS,
                    id,
                    List.of(row("responder", "r" + random.nextInt(6), "role", "neighbour"))));
        default -> edit(entry(Section.ELDERS, id, "home", home, "name", "N" + i));
      }
    }
    String before = said(now);
    Registry again = new RegistryFolder(disk, DATA).load(folder.next().orElseThrow());
    assertEquals(now.hash(), again.hash());
    assertEquals(before, said(again));
    assertEquals(before, said(folder.fold(now)));
  }

  @Test
  void exportedFilesSayTheSameAndKeepWhatNobodyTouched() throws IOException {
    edited(
        entry(Section.ELDERS, "e2", "home", "h2", "name", "Chen, \"Lao\"", "notes", "deaf"),
        entry(
            Section.HOMES, "h3", "address", "Road 3", "area", "g", "lat", "32.06", "lon", "120.9"),
        new Entry(Section.ELDER_CONTACTS, "e1", List.of()));
    RegistrySource out = folder.export(now.hash());
    assertEquals(
        "id,home,name,notes\ne1,h1,Lin,\ne2,h2,\"Chen, \"\"Lao\"\"\",deaf\n",
        text(out, "elders.csv"));
    assertEquals(
        """
        id,address,area,phone,access,lat,lon
        h1,Road 1,g,,,,
        h2,Road 2,g,,,,
        h3,Road 3,g,,,32.06,120.9
        """,
        text(out, "homes.csv"));
    assertEquals(
        "responder,role,relation,elder,home,area\ndesk,duty_desk,,,,c\n",
        text(out, "contacts.csv"));
    assertEquals(text(files().source(), "exceptions.csv"), text(out, "exceptions.csv"));
    Registry read = TestRegistry.accepted(RegistryReader.read(out, TestRegistry.ROLES));
    assertEquals(said(now), said(read));

    edited(gone(Section.DEVICES, "d1"), gone(Section.ELDERS, "e1"));
    assertEquals("id,elder,name,kind,shape\n", text(folder.export(now.hash()), "fences.csv"));
  }

  private static String text(RegistrySource source, String file) throws IOException {
    byte[] bytes = source.bytes(file);
    assertNotNull(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void anImportSaysWhatItWouldUndo() throws IOException {
    edited(entry(Section.ELDERS, "e2", "home", "h2", "name", "Chen", "phone", "1"));
    edited(entry(Section.HOMES, "h3", "address", "Road 3", "area", "g"));
    TestRegistry other = files().with("responders.csv", "id,name\nr1,Mei\ndesk,Desk\nr7,Xu\n");
    Import came = folder.importFrom(other.source(), TestRegistry.ROLES);
    Import.WouldUndo would = assertInstanceOf(Import.WouldUndo.class, came);
    assertEquals(
        "[homes h3, elders e2]",
        would.lost().stream().map(one -> one.entry().toString()).toList().toString());
    assertEquals(List.of("phone"), would.lost().getLast().fields());
    assertEquals(Optional.of(now.hash()), folder.next());

    Registry kept =
        assertInstanceOf(
                Import.Imported.class,
                folder.importFrom(other.source(), TestRegistry.ROLES, Edits.KEEP, Progress.NONE))
            .registry();
    assertNotNull(kept.home(new HomeId("h3")));
    assertNotNull(kept.responder(new ResponderId("r7")));
    assertEquals("1", kept.entry(Section.ELDERS, "e2").rows().getFirst().get("phone"));
    assertEquals(said(kept), said(new RegistryFolder(disk, DATA).load(kept.hash())));

    Registry files =
        assertInstanceOf(
                Import.Imported.class,
                folder.importFrom(other.source(), TestRegistry.ROLES, Edits.UNDO, Progress.NONE))
            .registry();
    assertNull(files.home(new HomeId("h3")));
    assertEquals(List.of(), folder.changes(files.hash(), 10));
  }

  @Test
  void foldedEditsAreStillRememberedAsEdits() throws IOException {
    edited(entry(Section.HOMES, "h3", "address", "Road 3", "area", "g"));
    String before = said(now);
    now = folder.fold(now);
    assertEquals(0, folder.depth(now.hash()));
    assertEquals(before, said(now));
    assertEquals(1, folder.changes(now.hash(), 10).size());
    assertInstanceOf(
        Import.WouldUndo.class, folder.importFrom(files().source(), TestRegistry.ROLES));
    edited(entry(Section.HOMES, "h4", "address", "Road 4", "area", "g"));
    assertEquals(
        "[h4, h3]",
        folder.changes(now.hash(), 10).stream()
            .map(change -> change.entry().id())
            .toList()
            .toString());
    // What the office exported and brings again is its own.
    TestRegistry own = new TestRegistry();
    RegistrySource out = folder.export(now.hash());
    for (String file : RegistrySource.FILES) {
      own.with(file, text(out, file));
    }
    for (String file : RegistrySource.OPTIONAL_FILES) {
      byte[] bytes = out.bytes(file);
      if (bytes != null) {
        own.with(file, bytes);
      }
    }
    now = imported(folder, own);
    assertEquals(List.of(), folder.changes(now.hash(), 10));
  }

  @Test
  void twoVersionsOfAnEntryDiffer() {
    Entry one = now.entry(Section.ELDERS, "e1");
    Entry same = entry(Section.ELDERS, "e1", "name", " Lin ", "home", "h1", "phone", "");
    assertEquals(one.version(), same.version());
    assertNotEquals(
        one.version(), entry(Section.ELDERS, "e1", "home", "h1", "name", "L").version());
    assertFalse(one.toString().contains("Lin"), "logs name no names");
  }

  @Test
  void aReplacedSecretHoldsAtOnceAndAfterARestart() throws IOException {
    Secrets before = folder.secrets();
    RegistryFolder.NewSecret made = folder.newSecret(now, "d1", before);
    byte[] clear = made.clear().getBytes(StandardCharsets.UTF_8);
    assertTrue(made.all().match("d1", clear));
    assertFalse(before.match("d1", clear));
    assertTrue(folder.secrets().match("d1", clear));
    RegistryFolder.NewSecret again = folder.newSecret(now, "d1", made.all());
    assertFalse(folder.secrets().match("d1", clear), "the leaked one is good for nothing");
    byte[] second = again.clear().getBytes(StandardCharsets.UTF_8);
    Path later = DATA.resolve("secrets-later.csv");
    byte[] whole = disk.bytes(later);
    disk.put(
        later,
        (new String(whole, StandardCharsets.UTF_8) + "d2,torn").getBytes(StandardCharsets.UTF_8));
    assertTrue(folder.secrets().match("d1", second), "a torn line was never acknowledged");
    imported(folder, files().with("responders.csv", "id,name\nr1,Mei\ndesk,Desk\nr7,Xu\n"));
    assertFalse(disk.exists(later));
    assertTrue(new RegistryFolder(disk, DATA).secrets().match("d1", second));
  }

  /** The power fails at each changing call: the generation before or the edited one is next. */
  @Test
  void anEditInterruptedAnywhereIsThereOrNot() throws IOException {
    Random random = Seed.of("EditsTest.power").random();
    boolean finished = false;
    int call = 0;
    while (!finished) {
      call++;
      SimulatedDisk cut = new SimulatedDisk();
      RegistryFolder first = new RegistryFolder(cut, DATA);
      Registry base = imported(first, files());
      Entry entry = entry(Section.HOMES, "h3", "address", "Road 3", "area", "g");
      List<Change> changes =
          List.of(Change.of(AT, "user:feng", base.entry(Section.HOMES, "h3"), entry));
      boolean acknowledged = false;
      String secret = "";
      try {
        cut.cutPowerAt(call);
        assertNotNull(first.amend(base, changes, TestRegistry.ROLES).registry());
        acknowledged = true;
        secret = first.newSecret(base, "d1", first.secrets()).clear();
        finished = true;
      } catch (PowerCut expected) {
        // As wanted.
      }
      cut.crash(random);
      RegistryFolder after = new RegistryFolder(cut, DATA);
      Registry found = after.load(after.next().orElseThrow());
      assertTrue(!acknowledged || found.home(new HomeId("h3")) != null, "call " + call);
      Secrets secrets = after.secrets();
      assertTrue(
          secret.isEmpty() || secrets.match("d1", secret.getBytes(StandardCharsets.UTF_8)),
          "call " + call);
    }
    assertTrue(call > 8, "calls: " + call);
  }
}
