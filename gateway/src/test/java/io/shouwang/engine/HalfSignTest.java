package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.shouwang.intake.ContactReader;
import io.shouwang.intake.ReplyReader;
import io.shouwang.model.AlertId;
import io.shouwang.model.ElderId;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Half a sign, which JSON can say and UTF-8 can't: it stops nobody, and is read back as it was. */
class HalfSignTest {
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

  /** Whatever way it came in: a record that can't be written would stop the engine. */
  @Test
  void noTextIsUnwritable() {
    Reply reply =
        new Reply("\ud800", new AlertId("a1"), Reply.Answer.SPOKE, null, null, "\udc00", null);
    Input input = new Input.ReplyReceived(reply, DAUGHTER, false, "http");
    assertFalse(Cbor.input(Cbor.input(input)).equals(input), "it is another text then");
  }
}
