package io.shouwang.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The other end of a connection: sends bytes, and takes apart what comes back. */
final class Client {
  final EmbeddedChannel channel;
  final Version version;
  private byte[] heard = new byte[0];
  private int packetId;

  /** A packet that came back. */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int header, byte[] body) {
    int type() {
      return header >> 4;
    }

    int packetId() {
      return (body[0] & 0xff) << 8 | (body[1] & 0xff);
    }

    String hex() {
      return HexFormat.of().toHexDigits((byte) header) + HexFormat.of().formatHex(body);
    }
  }

  Client(EmbeddedChannel channel, Version version) {
    this.channel = channel;
    this.version = version;
  }

  Client sends(byte[] bytes) {
    if (channel.isOpen()) {
      // From an allocator whose buffers the leak detector follows.
      channel.writeInbound(channel.alloc().buffer(bytes.length + 1).writeBytes(bytes));
    }
    settle();
    return this;
  }

  /** A PUBLISH at QoS 1; returns its packet id. */
  int publishes(String topic, String payload) {
    packetId++;
    sends(Wire.publish(version, topic, packetId, payload));
    return packetId;
  }

  void settle() {
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      out.release();
      heard = Wire.join(heard, bytes);
    }
  }

  /** All that came back since the last call. */
  List<Answer> answers() {
    settle();
    List<Answer> answers = new ArrayList<>();
    int at = 0;
    while (at < heard.length) {
      int header = heard[at++] & 0xff;
      int length = 0;
      int shift = 0;
      int octet;
      do {
        octet = heard[at++] & 0xff;
        length |= (octet & 0x7f) << shift;
        shift += 7;
      } while ((octet & 0x80) != 0);
      byte[] body = new byte[length];
      System.arraycopy(heard, at, body, 0, length);
      at += length;
      answers.add(new Answer(header, body));
    }
    heard = new byte[0];
    return answers;
  }

  Answer answer() {
    List<Answer> answers = answers();
    assertEquals(1, answers.size(), () -> "answers: " + answers.stream().map(Answer::hex).toList());
    return answers.getFirst();
  }

  /** Answers to one type only, others thrown away. */
  List<Answer> answers(int type) {
    return answers().stream().filter(answer -> answer.type() == type).toList();
  }

  /** The packet ids acknowledged with success since the last call, in order. */
  List<Integer> acknowledged() {
    return answers(4).stream()
        .filter(answer -> answer.body().length == 2)
        .map(Answer::packetId)
        .toList();
  }

  Answer isWelcome() {
    Answer answer = answers().getFirst();
    assertEquals(2, answer.type(), answer::hex);
    assertEquals(0, answer.body()[1], answer::hex);
    return answer;
  }

  boolean isClosed() {
    settle();
    return !channel.isOpen();
  }

  /** Refused at CONNECT, with the code of its version, and closed. */
  void isTurnedAway(Reason reason) {
    Answer answer = answer();
    assertEquals(2, answer.type(), answer::hex);
    assertEquals(
        version == Version.V5 ? reason.code() : reason.returnCode(),
        answer.body()[1] & 0xff,
        answer::hex);
    assertTrue(isClosed());
  }

  /** Thrown out: told why in MQTT 5.0, in silence in 3.1.1. */
  void isThrownOut(Reason reason) {
    assertTrue(isClosed(), "still open");
    List<Answer> answers = answers();
    if (version == Version.V5) {
      Answer last = answers.getLast();
      assertEquals("e" + "0" + HexFormat.of().toHexDigits((byte) reason.code()), last.hex());
    } else {
      assertTrue(answers.stream().noneMatch(answer -> answer.type() == 14));
    }
    assertTrue(answers.stream().noneMatch(answer -> answer.type() == 4), "acknowledged");
  }

  void isConnected() {
    assertFalse(isClosed(), "closed");
  }

  /** The line breaks. */
  void vanishes() {
    channel.close();
    settle();
  }

  /** A PUBLISH from the gateway, as text: header, packet id at QoS 1, payload. */
  List<String> messages() {
    return answers(3).stream().map(this::message).toList();
  }

  private String message(Answer answer) {
    byte[] body = answer.body();
    int at = 2 + ((body[0] & 0xff) << 8 | (body[1] & 0xff));
    String id = "-";
    if ((answer.header() & 0x06) != 0) {
      id = String.valueOf((body[at] & 0xff) << 8 | (body[at + 1] & 0xff));
      at += 2;
    }
    if (version == Version.V5) {
      at += 1 + body[at];
    }
    return (answer.header() & 8) / 8
        + " "
        + id
        + " "
        + new String(body, at, body.length - at, StandardCharsets.UTF_8);
  }

  void leavesNothingBehind() {
    settle();
    channel.close();
    settle();
  }
}
