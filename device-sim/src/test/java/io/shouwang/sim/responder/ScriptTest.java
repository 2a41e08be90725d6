package io.shouwang.sim.responder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.sim.message.Reply;
import io.shouwang.sim.message.Reply.Word;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScriptTest {
  @Test
  void stepsAreRead() {
    assertEquals(
        new Script(
            List.of(
                new Script.Step(Duration.ofSeconds(5), Reply.accept(8)),
                new Script.Step(Duration.ofSeconds(30), Reply.plain(Word.ARRIVED)),
                new Script.Step(Duration.ofSeconds(60), Reply.done("real")))),
        Script.parse("accept:8@5s, arrived@30s ,done:real@60s"));
    assertEquals(
        List.of(
            new Script.Step(
                Duration.ZERO, new Reply(Word.DECLINE, null, null, "at work until six"))),
        Script.parse("decline:at work until six").steps());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "accept:8@5s,",
        "come@5s",
        "accept:soon@5s",
        "accept:8@later",
        "done@5s",
        "arrived:x@1s"
      })
  void aStepThatCannotBeReadIsNamedWithTheForm(String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> Script.parse(text));
    assertTrue(String.valueOf(e.getMessage()).contains("write steps such as"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).startsWith("step '"), e.getMessage());
  }

  @Test
  void keysAreRead() {
    assertEquals(new Keys.Typed(null, Reply.accept(8)), Keys.read("a 8"));
    assertEquals(new Keys.Typed(2, Reply.done("false alarm")), Keys.read(" 2 x false alarm "));
    assertEquals(new Keys.Typed(null, Reply.plain(Word.ARRIVED)), Keys.read("r"));
    assertThrows(IllegalArgumentException.class, () -> Keys.read("z"));
    assertThrows(IllegalArgumentException.class, () -> Keys.read("a soon"));
    assertThrows(IllegalArgumentException.class, () -> Keys.read("x"));
  }
}
