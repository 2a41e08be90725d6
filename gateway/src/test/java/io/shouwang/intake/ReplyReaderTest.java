package io.shouwang.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.model.AlertId;
import io.shouwang.model.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyReaderTest {
  private static ReplyReader.Result read(String payload) {
    return ReplyReader.read(payload.getBytes(StandardCharsets.UTF_8));
  }

  private static Reply reply(String payload) {
    return ((ReplyReader.Result.Read) read(payload)).reply();
  }

  @Test
  void aReplyIsReadWhole() {
    assertEquals(
        new Reply("r-1", new AlertId("a-1"), Reply.Answer.DONE, 8, "real", "gut"),
        reply(
            "{\"id\":\"r-1\",\"alert\":\"a-1\",\"reply\":\"done\",\"eta_min\":8,"
                + "\"disposition\":\"real\",\"note\":\"gut\",\"more\":{\"x\":[1]}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "accept, ACCEPT",
    "decline, DECLINE",
    "spoke, SPOKE",
    "arrived, ARRIVED",
    "done, DONE"
  })
  void theFiveWords(String word, Reply.Answer answer) {
    Reply reply = reply("{\"alert\":\"a\",\"reply\":\"" + word + "\",\"note\":null,\"id\":\"\"}");
    assertEquals(new Reply(null, new AlertId("a"), answer, null, null, null), reply);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7.2, 8", "61, 61", "1e300, 14400", "99999999999, 14400"})
  void minutesAreRoundedUpAndBounded(String said, int read) {
    assertEquals(
        read, reply("{\"alert\":\"a\",\"reply\":\"accept\",\"eta_min\":" + said + "}").etaMin());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{\"alert\":\"a\"}",
        "{\"reply\":\"done\"}",
        "{\"alert\":\"a\",\"reply\":\"Done\"}",
        "{\"alert\":\"a\",\"reply\":\"maybe\"}",
        "{\"alert\":\"a b\",\"reply\":\"done\"}",
        "{\"alert\":5,\"reply\":\"done\"}",
        "{\"alert\":\"a\",\"reply\":[\"done\"]}",
        "{\"alert\":\"a\",\"reply\":\"done\"}{}",
        "{\"alert\":\"a\",\"reply\":\"done\",\"eta_min\":\"8\"}",
        "{\"alert\":\"a\",\"reply\":\"done\",\"eta_min\":-1}",
        "{\"alert\":\"a\",\"reply\":\"done\",\"reply\":\"accept\"}",
        "{\"alert\":\"a\",\"reply\":\"done\",\"id\":{\"x\":1}}"
      })
  void whatIsNoReplySaysWhy(String payload) {
    assertTrue(read(payload) instanceof ReplyReader.Result.Unreadable);
  }

  @Test
  void everyTextIsBounded() {
    assertTrue(tooLong("id", 65));
    assertTrue(tooLong("disposition", 65));
    assertTrue(tooLong("note", 2_001));
    assertTrue(read("x".repeat(17 * 1024)) instanceof ReplyReader.Result.Unreadable);
  }

  private static boolean tooLong(String field, int length) {
    String payload =
        "{\"alert\":\"a\",\"reply\":\"done\",\"" + field + "\":\"" + "x".repeat(length) + "\"}";
    return read(payload) instanceof ReplyReader.Result.Unreadable;
  }

  @Test
  void theAlertOfThePathMustAgree() {
    byte[] without = "{\"reply\":\"done\"}".getBytes(StandardCharsets.UTF_8);
    byte[] with = "{\"reply\":\"done\",\"alert\":\"b\"}".getBytes(StandardCharsets.UTF_8);
    AlertId path = new AlertId("a");
    assertTrue(ReplyReader.read(without, path) instanceof ReplyReader.Result.Read);
    assertTrue(ReplyReader.read(with, path) instanceof ReplyReader.Result.Unreadable);
  }
}
