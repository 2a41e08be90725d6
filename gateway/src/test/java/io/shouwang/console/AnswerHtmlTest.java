package io.shouwang.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.AlertBook;
import io.shouwang.host.Clock;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Mode;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.Wording;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The page in each of its states, in both languages, with names and addresses of every kind. */
class AnswerHtmlTest {
  private static final Instant PRESSED = Instant.parse("2026-11-22T06:02:00Z");
  private static final Instant LOOKED = PRESSED.plus(Duration.ofMinutes(4));
  private static final ResponderId DAUGHTER = new ResponderId("daughter");
  private static final Pattern BUTTON = Pattern.compile("value=\"([a-z_0-9-]+)\" class=");

  /** Whose names the page shows. */
  record Names(String elder, String address, String access, String daughter, String language) {
    static final Names ZH = new Names("王秀英", "东区幸福里 3 幢 201 室", "钥匙盒在门左侧", "王小燕", "zh");
    static final Names EN =
        new Names(
            "Wang Xiuying",
            "3-201 Xingfuli, East District",
            "key box left of the door",
            "Wang Xiaoyan",
            "en");
    static final Names LONG =
        new Names(
            "阿卜杜热合曼·买买提江·阿不都克里木·图尔荪",
            "江苏省南通市崇川区荷花街道桃花里小区东侧自建房第三排靠河边围墙外原供销社仓库宿舍楼12号楼2单元301室" + "（从北门进，过桥后第二个路口左转，红色铁门）",
            "耳背，请用力敲窗；狗不咬人；钥匙在邻居李建国处，电话13800000002",
            "王小燕",
            "zh");
    static final Names HOSTILE =
        new Names(
            "<img src=x onerror=alert(1)>\u202Eevil\u202C\u0000\u0007\uD800&amp;\"'",
            "</p><script>alert(1)</script>" + "A".repeat(300),
            "javascript:alert(1) {{7*7}} ${x} %0d%0aSet-Cookie: a=b\r\n\r\n\u2028",
            "\" onfocus=alert(1) autofocus x=\"",
            "en");
  }

  private static Directory named(Directory district, Names names) {
    return (Directory)
        Proxy.newProxyInstance(
            Directory.class.getClassLoader(),
            new Class<?>[] {Directory.class},
            (_, method, arguments) -> {
              Object found;
              try {
                found = method.invoke(district, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              return switch (found) {
                case Directory.Elder e ->
                    new Directory.Elder(
                        e.id(), e.home(), names.elder, 1941, "", "", Set.of(), e.ability());
                case Directory.Home h ->
                    new Directory.Home(
                        h.id(),
                        new AreaId("grid-1"),
                        names.address,
                        h.phone(),
                        names.access,
                        h.elders(),
                        "",
                        null);
                case Directory.Responder r ->
                    new Directory.Responder(r.id(), names.daughter, r.phone(), names.language);
                case null, default -> found;
              };
            });
  }

  private static void says(Engine engine, AlertId id, Reply.Answer answer, @Nullable Integer eta) {
    engine.happens(
        new Input.ReplyReceived(
            new Reply("k-" + answer, id, answer, eta, null, null), DAUGHTER, false, "link"));
  }

  private static void close(Engine engine, AlertId id) {
    engine.happens(
        new Input.ReplyReceived(
            new Reply("c", id, Reply.Answer.DONE, null, "false_alarm", "cat"),
            new ResponderId("city"),
            true,
            "http"));
  }

  /** Every state by its name, as one who was asked sees it four minutes after the press. */
  static Map<String, String> pages(Names names) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("gone", AnswerHtml.gone(Wording.of(names.language)));
    pages.put("ringing", page(names, List.of(), false, false, ""));
    pages.put("busy", page(names, List.of(), false, false, "busy"));
    for (Reply.Answer answer : Reply.Answer.values()) {
      if (answer != Reply.Answer.WELL) {
        String name = answer.name().toLowerCase(Locale.ROOT);
        pages.put(name, page(names, List.of(answer), false, false, "taken"));
      }
    }
    pages.put("exercise", page(names, List.of(), true, false, ""));
    pages.put(
        "ended", page(names, List.of(Reply.Answer.ACCEPT, Reply.Answer.ARRIVED), false, true, ""));
    pages.put("refused", page(names, List.of(), false, true, "refused"));
    return pages;
  }

  private static String page(
      Names names, List<Reply.Answer> answers, boolean exercise, boolean over, String said) {
    Engine engine = new Engine();
    engine.setNow(PRESSED.toString());
    if (exercise) {
      engine.happens(
          new Input.ModeChanged(
              new HomeId("h-001"),
              new DeviceId("sos-1"),
              Mode.Kind.TEST,
              PRESSED.plus(Duration.ofHours(1)),
              new ResponderId("city"),
              "http"));
    }
    AlertId id = Site.press(engine, "sos-1");
    for (Reply.Answer answer : answers) {
      engine.setNow(PRESSED.plusSeconds(60).toString());
      says(engine, id, answer, answer == Reply.Answer.ACCEPT ? 20 : null);
    }
    if (over) {
      engine.setNow(PRESSED.plusSeconds(200).toString());
      close(engine, id);
    }
    AlertBook.Seen seen = engine.find(id).orElseThrow();
    Directory directory = named(engine.district, names);
    Clock clock =
        new Clock() {
          @Override
          public Instant wall() {
            return LOOKED;
          }

          @Override
          public long nanos() {
            return 0;
          }
        };
    return new AnswerHtml(() -> directory, clock, ZoneId.of("Asia/Shanghai"))
        .page(seen, DAUGHTER, seen.alert().asked(DAUGHTER).orElse(null), said);
  }

  private static List<String> buttons(String html) {
    List<String> buttons = new ArrayList<>();
    Matcher matcher = BUTTON.matcher(html);
    while (matcher.find()) {
      buttons.add(matcher.group(1));
    }
    return buttons;
  }

  private static String beforeMore(String html) {
    int more = html.indexOf("<details>");
    return more < 0 ? html : html.substring(0, more);
  }

  @Test
  void whatIsLikelyNextComesFirstAndAllElseStaysInReach() {
    Map<String, String> pages = pages(Names.ZH);
    List<String> all =
        List.of(
            "accept-10",
            "accept-20",
            "accept-30",
            "arrived",
            "decline",
            "done",
            "on_the_way",
            "spoke");
    Map<String, List<String>> first = new LinkedHashMap<>();
    pages.forEach((state, html) -> {
      if (html.contains("<form")) {
        first.put(state, buttons(beforeMore(html)));
        List<String> every = new ArrayList<>(Set.copyOf(buttons(html)));
        every.removeAll(all);
        assertEquals(List.of(), every, state);
      }
    });
    List<String> going = List.of("accept-10", "accept-20", "accept-30");
    assertEquals(
        List.of("accept-10", "accept-20", "accept-30", "decline", "arrived", "spoke", "done"),
        first.get("ringing"));
    assertEquals(List.of("arrived", "on_the_way"), first.get("accept"));
    assertEquals(List.of("arrived"), first.get("on_the_way"));
    assertEquals(List.of("done"), first.get("arrived"));
    assertEquals(going, first.get("decline"), "who may come after all");
    assertEquals(List.of(), first.get("done"));
    for (String state : List.of("accept", "done")) {
      assertEquals(
          all, buttons(String.valueOf(pages.get(state))).stream().sorted().toList(), state);
    }
    assertFalse(first.containsKey("ended"));
  }

  @Test
  void afterAnAnswerThePageSaysWhatComesNext() {
    for (Names names : List.of(Names.ZH, Names.EN)) {
      Map<String, String> pages = pages(names);
      assertFalse(String.valueOf(pages.get("ringing")).contains("class=\"mine\""));
      for (String state : List.of("accept", "on_the_way", "arrived", "decline", "spoke", "done")) {
        String html = String.valueOf(pages.get(state));
        assertTrue(html.contains("class=\"said taken\" role=\"status\""), state);
        assertTrue(html.contains("class=\"mine\""), state + html);
        assertTrue(html.contains("<a href=\"\">"), "it can be looked at again");
      }
      String accepted = String.valueOf(pages.get("accept"));
      assertTrue(accepted.contains("14:23"), "in twenty minutes from 14:03: " + accepted);
      String ended = String.valueOf(pages.get("ended"));
      for (String name : List.of(names.elder, names.address, names.daughter, "tel:", "0513")) {
        assertFalse(ended.contains(name), name + " once it is over (P8)");
      }
      assertTrue(ended.contains("14:02") && ended.contains("14:05"), ended);
    }
  }

  @Test
  void everyPageIsWellFormedAndNothingFromOutsideIsMoreThanText() throws Exception {
    for (Names names : List.of(Names.ZH, Names.EN, Names.LONG, Names.HOSTILE)) {
      for (Map.Entry<String, String> page : pages(names).entrySet()) {
        String html = page.getValue();
        // Void elements apart, what we write is XML: what a name could open would be found here.
        String xml =
            html.replace("<!doctype html>", "").replaceAll("<(meta|link|input)([^>]*)>", "<$1$2/>");
        var document =
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
        for (String element : List.of("script", "img", "style", "iframe")) {
          assertEquals(0, document.getElementsByTagName(element).getLength(), page.getKey());
        }
        assertTrue(
            html.chars().noneMatch(c -> (c < ' ' && c != '\n') || (c >= 0x202A && c <= 0x202E)),
            page.getKey());
        assertEquals(1, document.getElementsByTagName("h1").getLength(), page.getKey());
        assertEquals(1, document.getElementsByTagName("main").getLength(), page.getKey());
      }
    }
  }
}
