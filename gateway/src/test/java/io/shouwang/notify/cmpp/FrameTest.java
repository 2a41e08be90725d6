package io.shouwang.notify.cmpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.shouwang.model.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the codec makes of frames, lawful and hostile; they are written here by hand. */
final class FrameTest {

  /** Every kind of frame that a gateway may send. */
  private static List<byte[]> lawful(CmppVersion version) {
    return List.of(
        frame(0x8000_0001, new byte[version.result() + 16 + 1]),
        frame(0x0000_0002, new byte[0]),
        frame(0x8000_0002, new byte[0]),
        frame(0x8000_0004, new byte[8 + version.result()]),
        deliver(version, 0, "1".getBytes(StandardCharsets.US_ASCII), version.tail()),
        deliver(version, 1, new byte[39 + version.terminal()], version.tail()),
        frame(0x0000_0008, new byte[0]),
        frame(0x8000_0008, new byte[1]));
  }

  private static byte[] frame(int command, byte[] body) {
    ByteBuf out = Unpooled.buffer();
    out.writeInt(12 + body.length).writeInt(command).writeInt(77).writeBytes(body);
    return bytes(out);
  }

  private static byte[] deliver(CmppVersion version, int report, byte[] content, int tail) {
    ByteBuf out = Unpooled.buffer();
    out.writeLong(0x1122_3344_5566_7788L).writeZero(21 + 10 + 1);
    out.writeByte(0).writeByte(0);
    out.writeBytes("13800000001".getBytes(StandardCharsets.US_ASCII));
    out.writeZero(version.terminal() - 11 + (version.hasTerminalType() ? 1 : 0));
    out.writeByte(report).writeByte(content.length).writeBytes(content).writeZero(tail);
    return frame(5, bytes(out));
  }

  private static byte[] bytes(ByteBuf buffer) {
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    buffer.release();
    return bytes;
  }

  private static EmbeddedChannel line(CmppVersion version) {
    return new EmbeddedChannel(new FrameCodec(version));
  }

  @ParameterizedTest
  @EnumSource
  void lawful_frames_are_read_whole_or_byte_by_byte(CmppVersion version) {
    for (byte[] frame : lawful(version)) {
      EmbeddedChannel whole = line(version);
      whole.writeInbound(Unpooled.copiedBuffer(frame, frame));
      CmppPacket first = assertInstanceOf(CmppPacket.class, whole.readInbound());
      assertEquals(77, first.sequence());
      assertEquals(first, whole.<CmppPacket>readInbound());
      EmbeddedChannel slow = line(version);
      for (byte one : frame) {
        slow.writeInbound(Unpooled.copiedBuffer(new byte[] {one}));
      }
      assertEquals(first, slow.<CmppPacket>readInbound());
      assertFalse(whole.finish());
      assertFalse(slow.finish());
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_read_is_what_was_said(CmppVersion version) {
    EmbeddedChannel line = line(version);
    line.writeInbound(
        Unpooled.copiedBuffer(
            deliver(version, 0, "1 4711".getBytes(StandardCharsets.US_ASCII), version.tail())));
    CmppPacket.Deliver said = assertInstanceOf(CmppPacket.Deliver.class, line.readInbound());
    assertEquals(0x1122_3344_5566_7788L, said.messageId());
    assertEquals("13800000001", said.terminal());
    assertEquals("1 4711", said.content().toString());
    // Gateways in use leave the end out, or let it grow.
    for (int tail : new int[] {0, 8, 20, 31}) {
      line.writeInbound(Unpooled.copiedBuffer(deliver(version, 0, new byte[] {'1'}, tail)));
      assertInstanceOf(CmppPacket.Deliver.class, line.readInbound());
    }
    assertFalse(line.finish());
  }

  @ParameterizedTest
  @EnumSource
  void every_truncation_that_says_its_own_length_is_refused(CmppVersion version) {
    for (byte[] frame : lawful(version)) {
      for (int length = 0; length < frame.length; length++) {
        byte[] cut = Arrays.copyOf(frame, length);
        EmbeddedChannel waiting = line(version);
        waiting.writeInbound(Unpooled.copiedBuffer(cut));
        assertTrue(waiting.inboundMessages().isEmpty(), "it waits for the rest");
        waiting.finishAndReleaseAll();
        if (length >= 4) {
          ByteBuffer.wrap(cut).putInt(length);
          refusedOrShorter(version, frame, cut);
        }
      }
    }
  }

  /** What may be shorter: the end of DELIVER, ACTIVE_TEST_RESP, and CONNECT_RESP of 2.0. */
  private static void refusedOrShorter(CmppVersion version, byte[] frame, byte[] cut) {
    EmbeddedChannel line = line(version);
    boolean mayBeShorter =
        (frame[7] == 5 && frame.length - cut.length <= version.tail())
            || frame[7] == 8
            || (frame[7] == 1 && cut.length == 12 + 18); // of 2.0
    try {
      line.writeInbound(Unpooled.copiedBuffer(cut));
      assertTrue(
          mayBeShorter && !line.inboundMessages().isEmpty(), () -> HexFormat.of().formatHex(cut));
    } catch (DecoderException e) {
      assertNotNull(e.getMessage());
    } finally {
      line.finishAndReleaseAll();
    }
  }

  @Test
  void a_length_beyond_all_bounds_is_refused_before_anything_is_kept() {
    for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 11, 1_025, 65_536, Integer.MAX_VALUE}) {
      EmbeddedChannel line = line(CmppVersion.V2_0);
      ByteBuf head = Unpooled.buffer().writeInt(length);
      assertThrows(DecoderException.class, () -> line.writeInbound(head), () -> "" + length);
      line.finishAndReleaseAll();
    }
  }

  @ParameterizedTest
  @EnumSource
  void rubbish_is_read_or_refused_and_nothing_else(CmppVersion version) {
    Random random = new Random(20260101);
    List<byte[]> lawful = lawful(version);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] frame = lawful.get(random.nextInt(lawful.size())).clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
      }
      EmbeddedChannel line = line(version);
      try {
        line.writeInbound(Unpooled.copiedBuffer(frame));
      } catch (DecoderException e) {
        refused++;
        assertTrue(e instanceof CorruptedFrameException, () -> "" + e);
      } finally {
        line.finishAndReleaseAll();
      }
    }
    assertTrue(refused > 1_000, "rubbish was refused " + refused + " times");
  }

  @ParameterizedTest
  @EnumSource
  void a_submit_has_the_lengths_of_its_version(CmppVersion version) {
    EmbeddedChannel line = line(version);
    line.writeOutbound(
        new CmppPacket.Submit(
            7,
            1,
            1,
            "HELP",
            false,
            8,
            "901234",
            "01",
            "000000",
            "1069000188",
            "13800000001",
            Payload.of("救".getBytes(StandardCharsets.UTF_16BE))));
    ByteBuf out = line.readOutbound();
    // 2.0: 12 + 126 + 21 + content + 8; 3.0: 12 + 151 + content + 20 (of the two specifications).
    int expected = version == CmppVersion.V2_0 ? 12 + 126 + 21 + 2 : 12 + 151 + 32 + 2;
    assertEquals(expected, out.readableBytes());
    assertEquals(expected, out.getInt(0));
    out.release();
    assertFalse(line.finish());
  }

  @Test
  void the_proof_is_that_of_the_specification() {
    // MD5("901234", nine zeros, "ICP", "0101140200"), computed with md5sum.
    assertEquals(
        "a8e5fea5de1c6069815fe0ad2d0abec5",
        HexFormat.of().formatHex(Proof.ours("901234", "ICP", 101140200).bytes()));
  }
}
