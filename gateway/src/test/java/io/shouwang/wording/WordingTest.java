package io.shouwang.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Outcome;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.model.Severity;
import io.shouwang.rules.Evidence;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordingTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String LATE =
      "{\"id\":\"1\",\"at\":\"2026-11-22T14:02:10+08:00\",\"action\":\"press\"}";

  private final Story story = new Story(District.HOME);

  private String why() {
    return Wording.EN.why(story.alert(), ZONE);
  }

  @Test
  void aLateOneIsLabelledWithBothTimes() {
    story.says("2026-11-22T06:31:05Z", "sos-1", "sos", LATE);
    assertEquals("SOS pressed 14:02:10, received 14:31:05 (late)", why());
    assertEquals("按下紧急呼叫 14:02:10，收到 14:31:05（迟到）", Wording.ZH.why(story.alert(), ZONE));
  }

  @Test
  void theRoomIsTold() {
    String alarm = "{\"state\":\"alarm\",\"room\":\"厨房\",\"at\":\"2026-11-22T14:02:10+08:00\"}";
    story.says("2026-11-22T06:02:11Z", "smoke-1", "smoke", alarm);
    assertEquals("smoke alarm in 厨房 14:02:10, received 14:02:11", why());
    assertEquals("烟雾报警（厨房） 14:02:10，收到 14:02:11", Wording.ZH.why(story.alert(), ZONE));
  }

  @Test
  void aRoomThatIsNoWordIsLeftOut() {
    String alarm =
        "{\"state\":\"alarm\",\"room\":\"<b>x</b>\",\"at\":\"2026-11-22T14:02:10+08:00\"}";
    story.says("2026-11-22T06:02:11Z", "smoke-1", "smoke", alarm);
    assertEquals("smoke alarm 14:02:10, received 14:02:11", why());
  }

  @Test
  void aPressOfAnotherDayIsToldWithItsDate() {
    story.says("2026-11-22T16:01:00Z", "sos-1", "sos", "{\"at\":\"2026-11-22T23:50:00+08:00\"}");
    assertEquals("SOS pressed 2026-11-22 23:50:00, received 00:01:00 (late)", why());
  }

  @Test
  void everyMarkHasItsWords() {
    story
        .says("2026-11-22T06:00:00Z", "x-9", "hub-1", "smoke", "{\"state\":\"steam\"}")
        .says("2026-11-22T06:00:01Z", "x-9", "hub-1", "smoke", "not json")
        .says("2026-11-22T06:00:02Z", "x-9", "hub-1", "smoke", "{\"state\":\"alarm\",\"at\":9e20}")
        .says(
            "2026-11-22T06:00:03Z",
            "x-9",
            "hub-1",
            "smoke",
            "{\"state\":\"alarm\",\"id\":\"a\",\"at\":\"2026-11-22T18:00:00+08:00\"}")
        .says(
            "2026-11-22T06:00:04Z", "x-9", "hub-1", "smoke", "{\"state\":\"alarm\",\"id\":\"a\"}");
    String why = why();
    assertTrue(why.startsWith("smoke alarm of an unknown type, received 14:00:00"), why);
    for (String words :
        List.of(
            "said: “steam”",
            "payload unreadable",
            "device time unreadable",
            "device clock ahead",
            "id reused with other content",
            "device x-9 is not registered")) {
      assertTrue(why.contains(words), words + " in: " + why);
    }
    assertEquals(
        Set.of(Evidence.Mark.values()).size() - 1, // all but LATE, which has a test of its own
        story.alert().evidence().stream().flatMap(e -> e.marks().stream()).distinct().count());
  }

  @Test
  void furtherPressesAreCountedAndACancelSaysThatItClosesNothing() {
    story
        .says("2026-11-22T06:00:00Z", "sos-1", "sos", "{}")
        .says("2026-11-22T06:00:10Z", "sos-1", "sos", "{}")
        .says("2026-11-22T06:00:20Z", "sos-1", "sos", "{}")
        .says("2026-11-22T06:00:30Z", "sos-1", "sos", "{\"action\":\"cancel\"}");
    assertEquals(
        "SOS pressed, received 14:00:00, no device time; further presses: 2, last received"
            + " 14:00:20; cancelled at 14:00:30 by the device: not closed",
        why());
  }

  @Test
  void aCallAndTheGatewaysOwnTroubleAreExplainedToo() {
    story.take(
        "2026-11-22T06:00:00Z",
        new Input.CallReceived(
            "c1", Kind.SOS, District.HOME, District.ELDER, new ResponderId("op-1"), "fell"));
    assertEquals("raised by hand at 14:00:00 by op-1", why());
    Story gateway = new Story(HomeId.GATEWAY);
    gateway.take(
        "2026-11-22T06:00:00Z",
        new Input.TroubleNoticed(Input.Trouble.TORN_TAIL, "segment 7 at 4096"));
    assertTrue(
        Wording.EN
            .why(gateway.alert(), ZONE)
            .contains("the journal's last batch was torn and cut (segment 7 at 4096)"));
  }

  @Test
  void theTimelineNamesPeopleRolesWithNobodyDeliveriesRepliesAndLapses() {
    story.says("2026-11-22T06:00:00Z", "sos-1", "sos", "{}");
    story
        .take(
            "2026-11-22T06:00:01Z",
            new Input.DeliveryReported(
                new DeliveryKey(story.id(), 2), new Outcome.GaveUp("connection lost")))
        .passes("2026-11-22T06:01:00Z")
        .replies(
            "2026-11-22T06:01:10Z",
            "daughter",
            "{\"reply\":\"accept\",\"eta_min\":8,\"note\":\"x\"}")
        .passes("2026-11-22T06:20:00Z")
        .replies("2026-11-22T06:21:00Z", "desk", "{\"reply\":\"done\",\"disposition\":\"real\"}");
    List<String> lines =
        story.alert().timeline().stream()
            .map(entry -> Wording.EN.entry(entry, story.alert(), story.district, ZONE))
            .toList();
    String all = String.join("\n", lines);
    for (String words :
        List.of(
            "Raised: SOS, critical: SOS pressed, received 14:00:00",
            "rung 2 after 60 s: grid worker, volunteer",
            "to 王小燕 (女儿): rings, their rung was reached",
            "the channel gave up: connection lost",
            "Rung 2 reached; nobody is registered as volunteer; it is the last rung",
            "Duty desk rung, level 1; again at 14:01:00",
            "王小燕 (relative) accepts, in 8 min, with a note (over MQTT)",
            "In the hands of 王小燕, expected 14:09:10; rings on at 14:14:10",
            "The promise of 王小燕 lapsed: rings on",
            "Closed by 东区值班台: real emergency")) {
      assertTrue(all.contains(words), words + " in:\n" + all);
    }
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("Message 2 to .*: the channel.*")), all);
  }

  @Test
  void whoIsNotInTheDirectoryIsNamedById() {
    story.says("2026-11-22T06:00:00Z", "sos-1", "sos", "{}");
    Entry entry =
        new Entry(
            story.alert().timeline().getFirst().stamp(),
            new Fact.Closed(story.id(), new ResponderId("gone-7"), "odd {who}"));
    assertEquals("Closed by gone-7: odd {who}", Wording.EN.entry(entry, story.district, ZONE));
  }

  @Test
  void aRelationIsSaidInTheReadersLanguageWhereItIsAWordOfOurs() {
    story.says("2026-11-22T06:00:00Z", "sos-1", "sos", "{}");
    Map.of("daughter-in-law", "儿媳", "relative", "亲属", "对门邻居", "对门邻居")
        .forEach((relation, zh) -> {
          Delivery.Recipient to =
              new Delivery.ToResponder(new ResponderId("wang"), new Role("relative"), relation);
          Entry entry =
              new Entry(
                  story.alert().timeline().getFirst().stamp(),
                  new Fact.DeliveryStarted(
                      story.id(),
                      7,
                      to,
                      Delivery.Cause.RUNG,
                      story.alert().raisedAt(),
                      "mqtt",
                      0,
                      null));
          String said = Wording.ZH.entry(entry, story.district, ZONE);
          assertTrue(said.contains("（" + zh + "）"), said);
        });
  }

  @Test
  void bothLanguagesHaveTheSamePhrasesWithTheSameGaps() {
    Phrases zh = Wording.ZH.phrases();
    Phrases en = Wording.EN.phrases();
    assertEquals(new TreeSet<>(en.keys()), new TreeSet<>(zh.keys()));
    for (String key : en.keys()) {
      assertEquals(gaps(en.text(key)), gaps(zh.text(key)), key);
    }
  }

  private static Set<String> gaps(String text) {
    Set<String> gaps = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{(\\w+)}").matcher(text);
    while (matcher.find()) {
      gaps.add(matcher.group(1));
    }
    return gaps;
  }

  @Test
  void everyWordOfTheCoreHasItsPhrase() {
    for (Wording wording : List.of(Wording.ZH, Wording.EN)) {
      Phrases phrases = wording.phrases();
      for (Severity severity : Severity.values()) {
        assertFalse(wording.severity(severity).isBlank());
      }
      for (Evidence.What what : Evidence.What.values()) {
        phrases.text("what." + what);
      }
      for (Evidence.Mark mark : Evidence.Mark.values()) {
        phrases.text("mark." + mark);
      }
      for (Delivery.Cause cause : Delivery.Cause.values()) {
        phrases.text("cause." + cause);
      }
      for (Reply.Answer answer : Reply.Answer.values()) {
        phrases.text("answer." + answer);
      }
      for (Input.Trouble trouble : Input.Trouble.values()) {
        phrases.text("trouble." + trouble);
      }
    }
  }

  @Test
  void namesThatConfigurationAddsAreTheirOwnWords() {
    assertEquals("网格员", Wording.ZH.role(new Role("grid_worker")));
    assertEquals("pharmacist", Wording.ZH.role(new Role("pharmacist")));
    assertEquals("pill_box", Wording.EN.kind(new Kind("pill_box")));
    assertEquals(Wording.EN, Wording.of("en-GB"));
    assertEquals(Wording.ZH, Wording.of("zh-CN"));
    assertEquals(Wording.ZH, Wording.of("de"));
  }
}
