package io.shouwang.notify.cmpp;

import io.netty.buffer.ByteBuf;
import io.shouwang.model.Payload;
import java.nio.charset.StandardCharsets;

/** Writes one frame. Any thread. */
final class PacketWriter {
  static final int CONTENT_BYTES_MAX = 140;

  private final CmppVersion version;

  PacketWriter(CmppVersion version) {
    this.version = version;
  }

  void write(CmppPacket.ToGateway packet, ByteBuf out) {
    int start = out.writerIndex();
    out.writeInt(0); // the length, once it is known
    switch (packet) {
      case CmppPacket.Connect connect -> {
        head(out, Command.CONNECT, packet);
        text(out, connect.sourceAddress(), 6);
        bytes(out, connect.proof(), 16);
        out.writeByte(connect.version());
        out.writeInt(connect.timestamp());
      }
      case CmppPacket.Terminate _ -> head(out, Command.TERMINATE, packet);
      case CmppPacket.Terminated _ -> head(out, Command.TERMINATE | Command.ANSWER, packet);
      case CmppPacket.Submit submit -> submit(out, submit);
      case CmppPacket.Delivered delivered -> {
        head(out, Command.DELIVER | Command.ANSWER, packet);
        out.writeLong(delivered.messageId());
        result(out, delivered.result());
      }
      case CmppPacket.ActiveTest _ -> head(out, Command.ACTIVE_TEST, packet);
      case CmppPacket.Active _ -> {
        head(out, Command.ACTIVE_TEST | Command.ANSWER, packet);
        out.writeByte(0);
      }
    }
    out.setInt(start, out.writerIndex() - start);
  }

  private static void head(ByteBuf out, int command, CmppPacket packet) {
    out.writeInt(command);
    out.writeInt(packet.sequence());
  }

  private void result(ByteBuf out, long result) {
    if (version.result() == 1) {
      out.writeByte((int) result);
    } else {
      out.writeInt((int) result);
    }
  }

  private void submit(ByteBuf out, CmppPacket.Submit submit) {
    head(out, Command.SUBMIT, submit);
    out.writeLong(0); // Msg_Id is the gateway's to give
    out.writeByte(submit.partTotal());
    out.writeByte(submit.partNumber());
    out.writeByte(1); // Registered_Delivery: a report, please
    out.writeByte(9); // Msg_level: nothing goes before it
    text(out, submit.serviceId(), 10);
    out.writeByte(2); // Fee_UserType: the SP pays
    out.writeZero(version.terminal()); // Fee_terminal_Id
    if (version.hasTerminalType()) {
      out.writeByte(0);
    }
    out.writeByte(0); // TP_pId
    out.writeByte(submit.headed() ? 1 : 0);
    out.writeByte(submit.format());
    text(out, submit.messageSource(), 6);
    text(out, submit.feeType(), 2);
    text(out, submit.feeCode(), 6);
    out.writeZero(17 + 17); // ValId_Time, At_Time: the gateway's usual, and now
    text(out, submit.source(), 21);
    out.writeByte(1);
    text(out, submit.terminal(), version.terminal());
    if (version.hasTerminalType()) {
      out.writeByte(0);
    }
    content(out, submit.content());
    out.writeZero(version.tail());
  }

  private static void content(ByteBuf out, Payload content) {
    if (content.length() > CONTENT_BYTES_MAX) {
      throw new IllegalArgumentException("content of " + content.length() + " bytes");
    }
    out.writeByte(content.length());
    out.writeBytes(content.bytes());
  }

  private static void text(ByteBuf out, String text, int width) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > width) {
      throw new IllegalArgumentException("longer than " + width);
    }
    out.writeBytes(bytes);
    out.writeZero(width - bytes.length);
  }

  private static void bytes(ByteBuf out, Payload bytes, int width) {
    if (bytes.length() != width) {
      throw new IllegalArgumentException("not " + width + " bytes");
    }
    out.writeBytes(bytes.bytes());
  }
}
