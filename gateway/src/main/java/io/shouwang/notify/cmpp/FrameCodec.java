package io.shouwang.notify.cmpp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageCodec;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;

/** Packets from bytes and bytes from packets; the line's own thread. */
final class FrameCodec extends ByteToMessageCodec<CmppPacket.ToGateway> {
  private final PacketReader reader;
  private final PacketWriter writer;

  FrameCodec(CmppVersion version) {
    this.reader = new PacketReader(version);
    this.writer = new PacketWriter(version);
  }

  @Override
  protected void encode(ChannelHandlerContext context, CmppPacket.ToGateway packet, ByteBuf out) {
    writer.write(packet, out);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    if (length < PacketReader.HEADER_BYTES || length > PacketReader.FRAME_BYTES_MAX) {
      throw refused(in, "a frame of " + length + " bytes");
    }
    if (in.readableBytes() < length) {
      return;
    }
    try {
      out.add(reader.read(in.readSlice(length)));
    } catch (MalformedFrame e) {
      throw refused(in, String.valueOf(e.getMessage()));
    }
  }

  /** What follows is nobody's frame any more, and not to be read while the line closes. */
  private static CorruptedFrameException refused(ByteBuf in, String why) {
    in.skipBytes(in.readableBytes());
    return new CorruptedFrameException(why);
  }
}
