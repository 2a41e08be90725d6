package io.shouwang.notify.cmpp;

import io.netty.buffer.ByteBuf;
import io.shouwang.model.Payload;
import java.nio.charset.StandardCharsets;

/**
 * Reads one whole frame, strictly: every length must be the one that the protocol gives it. Only
 * the end of DELIVER may vary, since gateways in use leave Reserve and LinkID out or add to them.
 * Any thread.
 */
final class PacketReader {
  static final int HEADER_BYTES = 12;

  /** The longest lawful frame, a DELIVER of 3.0, has 12 + 97 + 255 + 20 bytes. */
  static final int FRAME_BYTES_MAX = 1_024;

  private static final int TAIL_BYTES_MAX = 64;
  private static final int REPORT_BYTES = 8 + 7 + 10 + 10 + 4;

  private final CmppVersion version;

  PacketReader(CmppVersion version) {
    this.version = version;
  }

  /**
   * Reads.
   *
   * @param frame whole, from its length on; is read to its end, and not released
   */
  CmppPacket.FromGateway read(ByteBuf frame) throws MalformedFrame {
    int length = frame.readableBytes();
    if (length < HEADER_BYTES || frame.readInt() != length) {
      throw new MalformedFrame("a frame of " + length + " bytes says another length");
    }
    int command = frame.readInt();
    int sequence = frame.readInt();
    CmppPacket.FromGateway packet =
        switch (command) {
          case Command.CONNECT | Command.ANSWER -> connected(frame, sequence);
          case Command.TERMINATE -> {
            expect(frame, 0, "TERMINATE");
            yield new CmppPacket.Terminate(sequence);
          }
          case Command.TERMINATE | Command.ANSWER -> {
            expect(frame, 0, "TERMINATE_RESP");
            yield new CmppPacket.Terminated(sequence);
          }
          case Command.SUBMIT | Command.ANSWER -> {
            expect(frame, 8 + version.result(), "SUBMIT_RESP");
            yield new CmppPacket.Submitted(sequence, frame.readLong(), result(frame));
          }
          case Command.DELIVER -> deliver(frame, sequence);
          case Command.ACTIVE_TEST -> {
            expect(frame, 0, "ACTIVE_TEST");
            yield new CmppPacket.ActiveTest(sequence);
          }
          case Command.ACTIVE_TEST | Command.ANSWER -> {
            if (frame.readableBytes() > 0) { // one reserved byte, which some leave out
              expect(frame, 1, "ACTIVE_TEST_RESP");
              frame.skipBytes(1);
            }
            yield new CmppPacket.Active(sequence);
          }
          default ->
              throw new MalformedFrame("a command of its own: " + Integer.toHexString(command));
        };
    if (frame.isReadable()) {
      throw new MalformedFrame("bytes are left over");
    }
    return packet;
  }

  private static void expect(ByteBuf frame, int bytes, String name) throws MalformedFrame {
    if (frame.readableBytes() != bytes) {
      throw new MalformedFrame(name + " of " + frame.readableBytes() + " bytes, not " + bytes);
    }
  }

  private long result(ByteBuf frame) {
    return version.result() == 1 ? frame.readUnsignedByte() : frame.readUnsignedInt();
  }

  /** Of either version: a gateway may refuse in its own whoever asks for another. */
  private static CmppPacket.FromGateway connected(ByteBuf frame, int sequence)
      throws MalformedFrame {
    int length = frame.readableBytes();
    if (length != 18 && length != 21) {
      throw new MalformedFrame("CONNECT_RESP of " + length + " bytes, not 18 or 21");
    }
    long status = length == 18 ? frame.readUnsignedByte() : frame.readUnsignedInt();
    return new CmppPacket.Connected(sequence, status, bytes(frame, 16), frame.readUnsignedByte());
  }

  private CmppPacket.FromGateway deliver(ByteBuf frame, int sequence) throws MalformedFrame {
    int head = 8 + 21 + 10 + 3 + version.terminal() + (version.hasTerminalType() ? 1 : 0) + 2;
    if (frame.readableBytes() < head) {
      throw new MalformedFrame("DELIVER of " + frame.readableBytes() + " bytes");
    }
    final long messageId = frame.readLong();
    final String destination = text(frame, 21);
    frame.skipBytes(10 + 1); // Service_Id, TP_pid
    final int headed = frame.readUnsignedByte();
    final int format = frame.readUnsignedByte();
    final String terminal = text(frame, version.terminal());
    if (version.hasTerminalType()) {
      frame.skipBytes(1);
    }
    final int report = frame.readUnsignedByte();
    final int length = frame.readUnsignedByte();
    int tail = frame.readableBytes() - length;
    if (report > 1 || tail < 0 || tail > TAIL_BYTES_MAX) {
      throw new MalformedFrame(
          "DELIVER with " + length + " bytes of content and " + tail + " behind it");
    }
    if (report == 1) {
      // Some gateways of 3.0 report in the form of 2.0.
      if (length != REPORT_BYTES + 21 && length != REPORT_BYTES + 32) {
        throw new MalformedFrame("a report of " + length + " bytes");
      }
      final long reported = frame.readLong();
      final String state = text(frame, 7);
      frame.skipBytes(length - 8 - 7 + tail);
      return new CmppPacket.Report(sequence, messageId, reported, state);
    }
    final Payload content = bytes(frame, length);
    frame.skipBytes(tail);
    return new CmppPacket.Deliver(
        sequence, messageId, destination, terminal, headed == 1, format, content);
  }

  /** Up to the first zero; what isn't printable ASCII is a question mark. */
  private static String text(ByteBuf frame, int width) {
    byte[] bytes = new byte[width];
    frame.readBytes(bytes);
    int end = 0;
    while (end < width && bytes[end] != 0) {
      if (bytes[end] < ' ' || bytes[end] > '~') {
        bytes[end] = '?';
      }
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.US_ASCII).strip();
  }

  private static Payload bytes(ByteBuf frame, int length) {
    byte[] bytes = new byte[length];
    frame.readBytes(bytes);
    return Payload.of(bytes);
  }
}
