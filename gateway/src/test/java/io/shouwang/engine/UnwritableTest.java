package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.shouwang.alerts.Alert;
import io.shouwang.intake.ContactReader;
import io.shouwang.intake.ReplyReader;
import io.shouwang.model.AlertId;
import io.shouwang.model.Answer;
import io.shouwang.model.ElderId;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What JSON can say and a journal could not hold: it stops nobody, and is read back as it was. */
class UnwritableTest {
  private static final ResponderId DAUGHTER = new ResponderId("daughter");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsReadIsReadBackAlike() {
    for (String half : List.of("\\ud800", "x\\udc00y", "\\ud800\\ud800", "\\ud83d\\ude00")) {
      ReplyReader.Result.Read read =
          assertInstanceOf(
              ReplyReader.Result.Read.class,
              ReplyReader.read(
                  bytes("{\"reply\":\"spoke\",\"id\":\"" + half + "\",\"note\":\"" + half + "\"}"),
                  new AlertId("a1")));
      Input reply = new Input.ReplyReceived(read.reply(), DAUGHTER, false, "mqtt");
      assertEquals(reply, Cbor.input(Cbor.input(reply)), half);

      ContactReader.Result.Read contact =
          assertInstanceOf(
              ContactReader.Result.Read.class,
              ContactReader.read(
                  bytes("{\"means\":\"visit\",\"note\":\"" + half + "\"}"), new ElderId("e-1")));
      Input recorded = new Input.ContactRecorded(contact.report(), DAUGHTER, false, "mqtt");
      assertEquals(recorded, Cbor.input(Cbor.input(recorded)), half);
    }
  }

  /** A year of nine digits, which Java reads and no count of milliseconds holds, stopped it too. */
  @Test
  void noTimeIsTooFarAwayToBeWritten() {
    for (String at : List.of("+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z")) {
      assertInstanceOf(
          ReplyReader.Result.Unreadable.class,
          ReplyReader.read(
              bytes("{\"reply\":\"spoke\",\"passed_at\":\"" + at + "\"}"), new AlertId("a1")));
    }
    for (Instant at : List.of(Instant.MIN, Instant.MAX)) {
      Reply reply = new Reply(null, new AlertId("a1"), Reply.Answer.SPOKE, null, null, null, at);
      Input input = new Input.ReplyReceived(reply, DAUGHTER, false, "mqtt");
      assertFalse(Cbor.input(Cbor.input(input)).equals(input), "the farthest that can be");
    }
  }

  /** Whatever way it came in: a record that can't be written would stop the engine. */
  @Test
  void noTextIsUnwritable() {
    Reply reply =
        new Reply("\ud800", new AlertId("a1"), Reply.Answer.SPOKE, null, null, "\udc00", null);
    Input input = new Input.ReplyReceived(reply, DAUGHTER, false, "http");
    assertFalse(Cbor.input(Cbor.input(input)).equals(input), "it is another text then");
  }

  /** Whatever else no record can hold: its sender is refused, a desk rings, and all goes on. */
  @Test
  void whatCanNotBeWrittenStopsNobody() throws Exception {
    EngineFixture flow = EngineFixture.fresh();
    try {
      flow.event("demo-sos-001", "sos", "{}");
      Alert pressed = flow.engine.alerts().open().getFirst().alert();
      Answer answer =
          flow.reply("demo-daughter", pressed, Reply.Answer.SPOKE, null, "x".repeat(70_000));
      assertEquals(
          Answer.Reason.UNDECIDED, assertInstanceOf(Answer.Refused.class, answer).reason());
      assertEquals(2, flow.engine.alerts().open().size(), "the gateway's own trouble rings");
      assertInstanceOf(
          Answer.Taken.class,
          flow.reply("demo-daughter", pressed, Reply.Answer.SPOKE, null, "she is well"));
      List<AlertId> before =
          flow.engine.alerts().open().stream().map(seen -> seen.alert().id()).sorted().toList();
      flow = flow.restarted();
      assertEquals(
          before,
          flow.engine.alerts().open().stream().map(seen -> seen.alert().id()).sorted().toList());
    } finally {
      flow.close();
    }
  }
}
