package io.shouwang.sim.responder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.screen.Screen;
import io.shouwang.sim.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResponderTest {
  private final VirtualClock clock = new VirtualClock();
  private final Screen screen = new Screen();
  private final List<String> posted = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();

  @Test
  void theSameDeliveryTwiceIsTheSameRing() {
    Responder responder = responder("accept:8@5s");
    rings(responder, "a-1", "d-1", "ringing");
    rings(responder, "a-1", "d-1", "ringing");
    clock.advance(Duration.ofMinutes(1));
    assertEquals(1, screen.text().split("\\[1\\] SOS", -1).length - 1);
    assertEquals(List.of("[1] I'm coming, 8 min"), posted);
  }

  @Test
  void aNewDeliveryOfTheSameAlertIsShownButNotAnsweredAgain() {
    Responder responder = responder("accept:8@5s");
    rings(responder, "a-1", "d-1", "ringing");
    rings(responder, "a-1", "d-2", "ringing");
    clock.advance(Duration.ofMinutes(1));
    assertEquals(2, screen.text().split("\\[1\\] SOS", -1).length - 1);
    assertEquals(1, posted.size());
  }

  @Test
  void aScriptAnswersEachAlertAtItsTimes() {
    Responder responder = responder("accept:8@5s,arrived@30s,done:real@60s");
    rings(responder, "a-1", "d-1", "ringing");
    clock.advance(Duration.ofSeconds(10));
    rings(responder, "a-2", "d-2", "ringing");
    assertEquals(List.of("[1] I'm coming, 8 min"), posted);
    clock.advance(Duration.ofSeconds(20));
    assertEquals(
        List.of("[1] I'm coming, 8 min", "[2] I'm coming, 8 min", "[1] I'm there"), posted);
    clock.advance(Duration.ofMinutes(2));
    assertEquals(6, posted.size());
    assertEquals(6, messages.stream().distinct().count(), "each reply has an id of its own");
  }

  @Test
  void aClosedAlertIsAnsweredNoMore() {
    Responder responder = responder("accept:8@5s,arrived@30s");
    rings(responder, "a-1", "d-1", "ringing");
    clock.advance(Duration.ofSeconds(10));
    rings(responder, "a-1", "d-9", "closed");
    clock.advance(Duration.ofMinutes(1));
    assertEquals(List.of("[1] I'm coming, 8 min"), posted);
  }

  @Test
  void keysAnswerTheNewestOpenAlertOrTheOneNamed() {
    Responder responder = responder("");
    responder.typed(Keys.read("a 8"));
    rings(responder, "a-1", "d-1", "ringing");
    rings(responder, "a-2", "d-2", "ringing");
    responder.typed(Keys.read("d"));
    responder.typed(Keys.read("1 a 8"));
    rings(responder, "a-2", "d-3", "closed");
    responder.typed(Keys.read("r"));
    responder.typed(Keys.read("7 r"));
    assertEquals(List.of("[2] I can't come", "[1] I'm coming, 8 min", "[1] I'm there"), posted);
    assertTrue(screen.text().contains("no open alert to answer"));
    assertTrue(screen.text().contains("no alert [7]"));
  }

  @Test
  void aMessageThatCannotBeReadIsShownAndBreaksNothing() {
    Responder responder = responder("accept:8@5s");
    responder.heard("garbage".getBytes(UTF_8));
    rings(responder, "a-1", "d-1", "ringing");
    assertTrue(screen.text().contains("can't be read"));
    assertTrue(screen.text().contains("[1] SOS"));
  }

  private Responder responder(String script) {
    Script parsed = script.isEmpty() ? Script.SILENT : Script.parse(script);
    return new Responder(
        "demo-daughter",
        alert -> parsed,
        (message, words) -> {
          messages.add(new String(message, UTF_8));
          posted.add(words);
        },
        clock,
        clock,
        screen.terminal());
  }

  private static void rings(Responder responder, String alert, String delivery, String state) {
    String json =
        "{\"alert\":\"%s\",\"delivery\":\"%s\",\"kind\":\"sos\",\"state\":\"%s\"}"
            .formatted(alert, delivery, state);
    responder.heard(json.getBytes(UTF_8));
  }
}
