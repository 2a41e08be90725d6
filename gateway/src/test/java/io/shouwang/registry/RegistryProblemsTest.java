package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.HomeId;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of each mistake in the registry's files. */
class RegistryProblemsTest {
  private static final String AREAS = "id,name,parent,level\nc,City,,city\ng,Grid,c,grid\n";
  private static final String HOMES =
      "id,address,area,phone,access\nh1,Road 1,g,,\nh2,Road 2,g,,\n";
  private static final String ELDERS = "id,home,name,birth_year\ne1,h1,Lin,\ne2,h2,Chen,\n";
  private static final String DEVICES = "id,type,home,elder,hub\nd1,button,h1,e1,\nd2,hub,h2,,\n";
  private static final String RESPONDERS = "id,name,phone,language\nr1,Mei,1,zh\ndesk,Desk,2,zh\n";
  private static final String CONTACTS =
      "responder,role,relation,elder,home,area\nr1,relative,daughter,e1,,\ndesk,duty_desk,,,,c\n";

  @Test
  void aMissingFile() {
    assertEquals(
        List.of(
            "operators.csv is missing; add it, with the header alone if there is nothing to put"
                + " in"),
        new TestRegistry().without("operators.csv").problems());
  }

  @Test
  void aMissingFileDoesNotMakeItsIdsUnknown() {
    assertEquals(1, new TestRegistry().without("homes.csv").problems().size());
  }

  @Test
  void anEmptyFile() {
    check(
        "operators.csv", "", "operators.csv is empty; begin it with a header: id,name,roles,area");
  }

  @Test
  void anUnknownColumn() {
    check(
        "homes.csv",
        HOMES.replace("access", "acces"),
        "homes.csv:1 \"acces\" is no column; did you mean \"access\"? (known are: id, address, area,"
            + " phone, access, lat, lon, building)");
  }

  @Test
  void aColumnTwice() {
    check(
        "homes.csv",
        HOMES.replace("access", "phone"),
        "homes.csv:1 phone is there twice; remove one of the two");
  }

  @Test
  void aMissingColumn() {
    check(
        "homes.csv",
        "id,area\nh1,g\nh2,g\n",
        "homes.csv:1 address is missing; the header is"
            + " id,address,area,phone,access,lat,lon,building");
  }

  @Test
  void anotherSeparator() {
    check(
        "homes.csv",
        HOMES.replace(',', ';'),
        "homes.csv:1 \"id;address;area;phone;access\" is one field; separate fields by commas; this"
            + " looks separated by another sign");
  }

  @Test
  void aRowWithAFieldTooFew() {
    check(
        "homes.csv",
        HOMES + "h3,Road 3,g,\n",
        "homes.csv:4 has 4 fields, the header 5; write one for each column, and put a field with a"
            + " comma in it in quotes");
  }

  @Test
  void aQuoteNeverClosed() {
    check(
        "homes.csv",
        HOMES + "h3,Road 3,g,,\"left door\nh4,Road 4,g,,\nh5,Road 5,g,,\n",
        "homes.csv:4 has a quote that is never closed; close it, or write a quote within a quoted"
            + " field twice");
  }

  @Test
  void textAfterAClosingQuote() {
    List<String> problems =
        new TestRegistry().with("homes.csv", HOMES + "h3,\"Road\" 3,g,,\n").problems();
    assertTrue(
        problems.getFirst().startsWith("homes.csv:4 can't be split into fields here or below"),
        problems.toString());
  }

  @Test
  void gb18030AsExcelSavesIt() {
    byte[] chinese = (HOMES + "h3,桃花里,g,,\n").getBytes(Charset.forName("GB18030"));
    assertEquals(
        List.of(
            "homes.csv:4 is not UTF-8 but reads as GB18030 (GBK), as Excel saves it; save it as"
                + " \"CSV UTF-8\" or convert it: iconv -f GB18030 -t UTF-8"),
        new TestRegistry().with("homes.csv", chinese).problems());
  }

  @Test
  void utf16() {
    assertEquals(
        List.of("homes.csv:1 is UTF-16; save it as \"CSV UTF-8\""),
        new TestRegistry().with("homes.csv", HOMES.getBytes(StandardCharsets.UTF_16)).problems());
  }

  @Test
  void noEncodingAtAll() {
    byte[] bytes = HOMES.getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xff;
    assertEquals(
        List.of("homes.csv:3 is not UTF-8; save it as \"CSV UTF-8\""),
        new TestRegistry().with("homes.csv", bytes).problems());
  }

  @Test
  void aNameThatTheGatewayKeepsForItself() {
    check(
        "devices.csv",
        DEVICES + "shouwang-synthetic-device,button,h1,e1,\n",
        "devices.csv:4 id \"shouwang-synthetic-device\" is a name that the gateway keeps for itself;"
            + " choose another");
  }

  @Test
  void anIdThatIsNone() {
    check(
        "homes.csv",
        HOMES + "h/3,Road 3,g,,\n,Road 4,g,,\n",
        "homes.csv:4 id \"h/3\" is no valid name; use 1 to 64 of A-Z a-z 0-9 _ -",
        "homes.csv:5 id is empty; fill it in");
  }

  @Test
  void anIdTwice() {
    check(
        "homes.csv",
        HOMES + "h1,Road 3,g,,\n",
        "homes.csv:4 id \"h1\" is given twice in this file; keep one of the rows, or give this one"
            + " its own");
  }

  @Test
  void oneIdForADeviceAResponderAndAnOperator() {
    assertEquals(
        List.of(
            "responders.csv:4 id \"d1\" is the id of a device already; choose another: devices,"
                + " responders and operators share one set of names",
            "operators.csv:2 id \"r1\" is the id of a responder already; choose another: devices,"
                + " responders and operators share one set of names",
            "operators.csv:3 id \"d2\" is the id of a device already; choose another: devices,"
                + " responders and operators share one set of names"),
        new TestRegistry()
            .with("responders.csv", RESPONDERS + "d1,Wu,,\n")
            .with("operators.csv", "id,name,roles,area\nr1,F,auditor,c\nd2,F,auditor,c\n")
            .problems());
  }

  @Test
  void anAreaThatIsNone() {
    check(
        "homes.csv",
        HOMES + "h3,Road 3,x,,\nh4,Road 4,,,\n",
        "homes.csv:4 area \"x\" is no area; add it to areas.csv or correct it",
        "homes.csv:5 area is empty; fill it in");
  }

  @Test
  void aParentThatIsNone() {
    check(
        "areas.csv",
        AREAS + "k,Kit,x,\n",
        "areas.csv:4 parent \"x\" is no area; add it to areas.csv or correct it");
  }

  @Test
  void areasInACircle() {
    check(
        "areas.csv",
        AREAS + "x,X,y,\ny,Y,z,\nz,Z,x,\n",
        "areas.csv:4 parent \"y\" lies in this area itself, by way of its parents; let the topmost"
            + " area have no parent");
  }

  @Test
  void anElderWithoutAHome() {
    check(
        "elders.csv",
        ELDERS + "e3,h9,Wu,\n",
        "elders.csv:4 home \"h9\" is no home; add it to homes.csv or correct it");
  }

  @Test
  void aNameLeftOut() {
    check("elders.csv", ELDERS + "e3,h1,,\n", "elders.csv:4 name is empty; fill it in");
  }

  @Test
  void ayearOfBirthThatIsNone() {
    check(
        "elders.csv",
        ELDERS + "e3,h1,Wu,41\n",
        "elders.csv:4 birth_year \"41\" is no year of birth; write four digits like 1941, or"
            + " nothing");
  }

  @Test
  void aTelephoneNumberThatIsNone() {
    check(
        "homes.csv",
        HOMES + "h3,Road 3,g,call me,\nh4,Road 4,g," + "1".repeat(41) + ",\n",
        "homes.csv:4 phone \"call me\" is no telephone number; use digits, + - ( ) * # and blanks",
        "homes.csv:5 phone \""
            + "1".repeat(41)
            + "\" is longer than 40 characters; write one number");
  }

  @Test
  void aControlCharacterIsShownEscaped() {
    check(
        "homes.csv",
        HOMES + "h3,Road\u001b[31m 3,g,,\n",
        "homes.csv:4 address \"Road\\u001b[31m 3\" holds a control character; remove it");
  }

  @Test
  void aTextTooLongIsShownShortened() {
    check(
        "homes.csv",
        HOMES + "h3," + "x".repeat(301) + ",g,,\n",
        "homes.csv:4 address \""
            + "x".repeat(60)
            + "…\" is longer than 300 characters; shorten it");
  }

  @Test
  void aDeviceInOneHomeForAnElderInAnother() {
    check(
        "devices.csv",
        DEVICES + "d3,button,h2,e1,\n",
        "devices.csv:4 elder \"e1\" lives in home h1, not in the device's; correct home or elder");
  }

  @Test
  void aDevicesHomeElderAndHubThatAreNone() {
    check(
        "devices.csv",
        DEVICES + "d3,button,h9,,\nd4,button,,e9,\nd5,button,h1,,d9\nd6,button,h1,,d1\n",
        "devices.csv:4 home \"h9\" is no home; add it to homes.csv or correct it",
        "devices.csv:5 elder \"e9\" is no elder; add it to elders.csv or correct it",
        "devices.csv:6 hub \"d9\" is no device; add it to devices.csv or correct it",
        "devices.csv:7 hub \"d1\" is a device of another type; name a device of type hub, or correct"
            + " that device's type");
  }

  @Test
  void hubsInACircle() {
    check(
        "devices.csv",
        DEVICES + "d3,hub,h1,,d4\nd4,hub,h1,,d3\n",
        "devices.csv:4 hub \"d4\" speaks through this device itself, by way of its hubs; let the"
            + " outermost hub have no hub");
  }

  @Test
  void aLanguageWeDoNotSpeak() {
    check(
        "responders.csv",
        RESPONDERS + "r2,Wu,,fr\n",
        "responders.csv:4 language \"fr\" is no language we speak; write zh or en");
  }

  @Test
  void aContactForNobodyOrForTwo() {
    check(
        "contacts.csv",
        CONTACTS + "r1,relative,,,,\nr1,relative,,e2,h2,\n",
        "contacts.csv:4 responder \"r1\" is for nobody; fill in exactly one of elder, home and area;"
            + " write a row for each",
        "contacts.csv:5 responder \"r1\" is for more than one; fill in exactly one of elder, home"
            + " and area; write a row for each");
  }

  @Test
  void aContactsResponderAndRoleThatAreNone() {
    check(
        "contacts.csv",
        CONTACTS + "r9,relative,,e1,,\nr1,realtive,,e1,,\n",
        "contacts.csv:4 responder \"r9\" is no responder; add it to responders.csv or correct it",
        "contacts.csv:5 role \"realtive\" is no role; did you mean \"relative\"? (known are:"
            + " duty_desk, grid_worker, neighbour, relative, service_organization, village_cadre)");
  }

  @Test
  void aDutyDeskForOneHome() {
    check(
        "contacts.csv",
        CONTACTS + "desk,duty_desk,,,h1,\n",
        "contacts.csv:4 role \"duty_desk\" is for an elder or a home; name an area: a duty desk"
            + " answers for areas");
  }

  @Test
  void homesForWhichNoDeskAnswers() {
    assertEquals(
        List.of(
            "areas.csv:4 id \"x\" has 2 homes for which no duty desk answers; name one in"
                + " contacts.csv: role duty_desk, for this area or one above it"),
        new TestRegistry()
            .with("areas.csv", AREAS + "x,Elsewhere,,\n")
            .with("homes.csv", HOMES + "h3,Road 3,x,,\nh4,Road 4,x,,\n")
            .problems());
  }

  @Test
  void anOperatorsRoles() {
    check(
        "operators.csv",
        "id,name,roles,area\no1,Feng,dispatcher auditer,c\no2,Feng,,c\n",
        "operators.csv:2 roles \"dispatcher auditer\" names \"auditer\", which is no operator's"
            + " role; did you mean \"auditor\"? (known are: dispatcher, supervisor, administrator,"
            + " auditor, grid_worker, organization_worker)",
        "operators.csv:3 roles is empty; write one or more of dispatcher supervisor administrator"
            + " auditor grid_worker organization_worker, with blanks between");
  }

  @Test
  void everyFilesMistakesComeAtOnce() {
    List<String> problems =
        new TestRegistry()
            .with("areas.csv", AREAS + "?,Grid,c,\n")
            .with("homes.csv", HOMES + "h3,,g,,\n")
            .with("elders.csv", ELDERS + "e3,h9,Wu,\n")
            .with("devices.csv", DEVICES + "d3,button,h1,,d9\n")
            .with("responders.csv", RESPONDERS + "r2,Wu,,fr\n")
            .with("contacts.csv", CONTACTS + "r9,relative,,e1,,\n")
            .with("operators.csv", "id,name,roles,area\no1,Feng,boss,c\n")
            .problems();
    assertEquals(
        RegistrySource.FILES,
        problems.stream().map(line -> line.substring(0, line.indexOf(':'))).toList());
  }

  @Test
  void aMillionMistakesAreCountedAndAThousandShown() {
    StringBuilder homes = new StringBuilder("id,address,area\n");
    for (int i = 0; i < 5_000; i++) {
      homes.append("h").append(i).append(",Road,x\n");
    }
    var refused =
        assertInstanceOf(
            RegistryReading.Refused.class,
            new TestRegistry().with("homes.csv", homes.toString()).read());
    assertEquals(1_000, refused.problems().size());
    assertEquals(5_000, refused.count());
  }

  @Test
  void columnsGoByNameInAnyOrderAndOptionalOnesMayBeMissing() {
    Registry registry =
        new TestRegistry()
            .with("homes.csv", "\uFEFFarea, ADDRESS ,id\r\ng,\"Road \"\"1\"\", left\",h1\r\ng,B,h2")
            .registry();
    var home = registry.home(new HomeId("h1"));
    assertNotNull(home);
    assertEquals("Road \"1\", left", home.address());
    assertEquals("", home.phone());
  }

  @Test
  void rowsThatHoldNothingAreNoRows() {
    Registry registry = new TestRegistry().with("homes.csv", HOMES + "\n,,,,\n  ,,,,\n").registry();
    assertEquals(2, registry.counts().homes());
  }

  private static void check(String file, String text, String... problems) {
    assertEquals(List.of(problems), new TestRegistry().with(file, text).problems());
  }
}
