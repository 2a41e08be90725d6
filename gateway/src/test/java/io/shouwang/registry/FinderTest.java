package io.shouwang.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.Finder;
import io.shouwang.model.Finder.Hits;
import io.shouwang.model.Finder.Question;
import io.shouwang.model.HomeId;
import io.shouwang.model.ResponderId;
import io.shouwang.model.SearchWords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody remembers leads to whom they mean. */
class FinderTest {
  private static final Finder DEMO = TestRegistry.demo().finder();
  private static final Finder TOWN =
      TestRegistry.of(
              Map.of(
                  "areas.csv",
                  """
                  id,name,parent,level
                  c,云锦市,,city
                  a,荷花街道,c,street
                  b,王家庄,c,village
                  """,
                  "homes.csv",
                  """
                  id,address,area,phone,access,lat,lon,building
                  h1,荷花街道桃花里１２号楼 ２单元 301室,a,0513-8500 0001,,,,桃花里12号楼
                  h2,荷花街道桃花里12号楼2单元302室,a,051385000002,,,,
                  h3,王家庄3组7号,b,,,,,
                  h4,荷花街道空屋1号,a,,,,,
                  """,
                  "elders.csv",
                  """
                  id,home,name,birth_year,phone
                  e1,h1,王秀兰,1940,138-0000-0001
                  e2,h2,王秀,1941,
                  e3,h2,李王秀英,1942,139-1234-5678
                  e4,h3,曾国藩,1930,+86 139 0000 0009
                  e5,h3,阿依古丽·买买提,1950,
                  e6,h1,Lin Mei,1939,
                  """,
                  "devices.csv",
                  """
                  id,type,home,elder
                  SN-860123456789012,bracelet,,e4
                  smk-77,smoke,h4,
                  """,
                  "responders.csv",
                  """
                  id,name,phone,language
                  r1,林晓梅,13700000001,zh
                  r2,王强,13700000002,zh
                  desk,市值班台,12349,zh
                  nobody,王无责,,zh
                  """,
                  "contacts.csv",
                  """
                  responder,role,relation,elder,home,area
                  r1,relative,女儿,e1,,
                  r1,neighbour,,,h3,
                  r2,grid_worker,,,,a
                  desk,duty_desk,,,,c
                  @week,village_cadre,,,,b
                  """,
                  "schedules.csv",
                  """
                  id,people,start,turn_days,handover,zone,hours,weekdays,days
                  week,r1 r2,2026-01-05,weekly,08:00,Asia/Shanghai,,,
                  """))
          .finder();

  private static Question question(String typed, String within) {
    return new Question(SearchWords.of(typed), new AreaId(within), 20);
  }

  private static List<String> elders(String typed) {
    return TOWN.elders(question(typed, "c")).found().stream().map(ElderId::value).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          王秀兰           | e1
          秀兰             | e1
          王秀             | e2 e1 e3
          wxl              | e1
          WXL              | e1
          xl               | e1
          zgf              | e4
          cgf              | e4
          阿依古丽买买提   | e5
          买买提           | e5
          lin mei          | e6
          LIN              | e6
          ｌｉｎ　ｍｅｉ   | e6
          13800000001      | e1
          138 0000 0001    | e1
          +86 138-0000-0001 | e1
          008613800000001  | e1
          00000001         | e1
          0001             | e1 e6
          0009             | e4
          0513-85000002    | e2 e3
          13912345678      | e3
          桃花里12号楼     | e1 e6 e2 e3
          桃花里 12号楼 301 | e1 e6
          王 302           | e2 e3
          王秀 桃花里      | e2 e1 e3
          e4               | e4
          E4               | e4
          h3               | e4 e5
          SN-860123456789012 | e4
          sn-860123456789012 | e4
          9012             | e4
          王家庄 曾        | e4
          王 庄            | e4 e5
          荷花街道 曾      |
          司徒             |
          99999999         |
          """)
  void by_what_is_remembered(String typed, String expected) {
    assertEquals(expected == null ? "" : expected, String.join(" ", elders(typed)));
  }

  @Test
  void homes_are_found_by_their_own_and_by_who_lives_there() {
    assertEquals(List.of("h4"), homes("空屋"));
    assertEquals(List.of("h4"), homes("smk-77"));
    assertEquals(List.of("h1"), homes("王秀兰"));
    assertEquals(List.of("h1", "h2"), homes("桃花里12号楼"));
    assertEquals(List.of("h1"), homes("8500-0001"));
    assertEquals(List.of("h3"), homes("王家庄"));
    assertEquals(List.of("h2"), homes("李王 302"));
    assertEquals(List.of(), homes("李王 301"));
  }

  private static List<String> homes(String typed) {
    return TOWN.homes(question(typed, "c")).found().stream().map(HomeId::value).toList();
  }

  @Test
  void nobody_is_found_outside_of_the_area() {
    assertEquals(4, TOWN.elders(question("荷花", "a")).count());
    assertEquals(0, TOWN.elders(question("荷花", "b")).count());
    assertEquals(0, TOWN.elders(question("e1", "b")).count());
    assertEquals(0, TOWN.elders(question("13800000001", "b")).count());
    assertEquals(0, TOWN.elders(question("9012", "a")).count());
    assertEquals(0, TOWN.elders(question("王", "nowhere")).count());
    assertEquals(0, TOWN.homes(question("桃花", "b")).count());
  }

  @Test
  void responders_are_those_who_answer_for_somebody_there() {
    assertEquals(List.of("r2", "nobody"), responders("王", "c"));
    assertEquals(List.of("r2"), responders("王", "a"));
    assertEquals(List.of("r2"), responders("王", "b"));
    assertEquals(List.of(), responders("王无责", "b"));
    assertEquals(List.of("r1"), responders("lxm", "b"));
    assertEquals(List.of("r1"), responders("0001", "a"));
    assertEquals(List.of("desk"), responders("值班", "b"));
    assertTrue(TOWN.answersIn(new ResponderId("desk"), new AreaId("b")));
    assertFalse(TOWN.answersIn(new ResponderId("nobody"), new AreaId("b")));
    assertFalse(TOWN.answersIn(new ResponderId("none"), new AreaId("b")));
  }

  private static List<String> responders(String typed, String within) {
    return TOWN.responders(question(typed, within)).found().stream()
        .map(ResponderId::value)
        .toList();
  }

  @Test
  void holdings_are_those_that_concern_the_area() {
    Hits<Finder.Holding> all =
        TOWN.holdings(new ResponderId("r1"), new AreaId("c"), Instant.EPOCH, 9);
    assertEquals(3, all.count());
    assertEquals(new ElderId("e1"), all.found().getFirst().elder());
    assertEquals("女儿", all.found().getFirst().relation());
    assertEquals(new HomeId("h3"), all.found().get(1).home());
    assertEquals(
        2, TOWN.holdings(new ResponderId("r1"), new AreaId("b"), Instant.EPOCH, 9).count());
    assertEquals(
        1, TOWN.holdings(new ResponderId("r1"), new AreaId("c"), Instant.EPOCH, 1).found().size());
  }

  @Test
  void who_is_on_call_by_a_schedule_is_said() {
    Instant first = Instant.parse("2026-01-06T00:00:00Z");
    assertTrue(scheduled("r1", first).onCall());
    assertFalse(scheduled("r2", first).onCall());
    assertTrue(scheduled("r2", first.plus(Duration.ofDays(7))).onCall());
  }

  private static Finder.Holding scheduled(String responder, Instant at) {
    return TOWN.holdings(new ResponderId(responder), new AreaId("b"), at, 9).found().stream()
        .filter(Finder.Holding::scheduled)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void areas_say_what_is_in_them() {
    Finder.Area city = DEMO.area(new AreaId("c-yunjin"));
    assertNotNull(city);
    assertNull(city.parent());
    assertEquals(5, city.homes());
    assertEquals(6, city.elders());
    assertEquals(
        List.of("s-taohua", "s-xinghe"),
        DEMO.areasIn(new AreaId("j-hehua")).stream().map(area -> area.id().value()).toList());
    assertEquals(
        List.of(4, 1),
        DEMO.areasIn(new AreaId("j-hehua")).stream().map(Finder.Area::homes).toList());
    assertNull(DEMO.area(new AreaId("none")));
    assertEquals(List.of(), DEMO.areasIn(new AreaId("none")));
    assertFalse(DEMO.childrenOf(new DeviceId("demo-hub-005")).isEmpty());
  }

  @Test
  void too_little_is_no_question() {
    for (String typed : List.of("", " ", "w", "7", "　", "w x", "·")) {
      assertFalse(SearchWords.of(typed).isEnough(), typed);
    }
    for (String typed : List.of("王", "wx", "12", "w 王")) {
      assertTrue(SearchWords.of(typed).isEnough(), typed);
    }
    assertEquals(SearchWords.WORDS_MAX, SearchWords.of("a1 b2 c3 d4 e5 f6 g7 h8").words().size());
  }

  /**
   * The same as reading every row would find, in a city large enough that marks are passed over.
   */
  @Test
  void nobody_is_missed_and_the_count_is_bounded() throws Exception {
    SearchCity city = new SearchCity(4_600, 3);
    Registry registry = city.registry();
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      int elder = random.nextInt(city.elders);
      String name = city.name(elder);
      String typed = i % 2 == 0 ? name : name.substring(1);
      long really =
          IntStream.range(0, city.elders).filter(e -> city.name(e).contains(typed)).count();
      Hits<ElderId> hits =
          registry.finder().elders(new Question(SearchWords.of(typed), new AreaId("city"), 100));
      assertEquals(really, hits.count(), typed);
      String digits = city.mobile(elder).substring(4);
      Hits<ElderId> byPhone =
          registry.finder().elders(new Question(SearchWords.of(digits), new AreaId("city"), 100));
      assertTrue(byPhone.found().contains(new ElderId("e-%07d".formatted(elder))), digits);
    }
    Hits<ElderId> many =
        registry.finder().elders(new Question(SearchWords.of("号楼"), new AreaId("city"), 5));
    assertEquals(5, many.found().size());
    assertEquals(Finder.COUNTED_MAX, many.count());
    assertTrue(many.more());
    Hits<ElderId> exact =
        registry.finder().elders(new Question(SearchWords.of("王"), new AreaId("city"), 5));
    assertTrue(exact.found().size() == 5, "names that begin so");
  }
}
