package io.shouwang.ingest.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into packets, within bounds: what isn't a CONNECT is refused at its first byte,
 * what is too long at its length. While its taker pauses nothing is cut; bytes already read stay
 * here, at most one read's and one packet's worth. One per connection, on its event loop.
 */
final class FrameCutter extends ChannelInboundHandlerAdapter {
  private static final int LENGTH_OCTETS_MAX = 4;

  /** Who takes the packets. Each method is called on the event loop and must not throw. */
  interface Taker {
    /** Whether no packet may be cut now. */
    boolean isPaused();

    /** Whether the connection is over, and what still comes is to be thrown away. */
    boolean isOver();

    /** Whether the next packet must be CONNECT. */
    boolean isStranger();

    /** The longest packet, fixed header included. */
    int packetBytesMax();

    /**
     * A whole packet.
     *
     * @param body the bytes after the fixed header; valid during the call
     */
    void take(int header, ByteBuf body);

    /**
     * A packet past the bound, cut off.
     *
     * @param body its beginning; valid during the call
     */
    void takeOversize(int header, ByteBuf body);

    /** Bytes that can't be a packet. */
    void takeMalformed(Refusal refusal);
  }

  /** As much of a packet past the bound is waited for: a topic and what is kept of a payload. */
  static final int OVERSIZE_BYTES_KEPT = 9 * 1024;

  private final Taker taker;
  private @Nullable ByteBuf buffer;
  private boolean cutting;

  FrameCutter(Taker taker) {
    this.taker = taker;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (taker.isOver()) {
      bytes.release();
      return;
    }
    buffer =
        buffer == null
            ? bytes
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), buffer, bytes);
    cut(false);
  }

  /** Goes on after a pause. */
  void resume() {
    cut(false);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    // What was sent before the line broke was sent: a press must not be lost to a pause.
    cut(true);
    release();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    release();
  }

  private void cut(boolean last) {
    if (cutting) {
      return;
    }
    cutting = true;
    try {
      while (buffer != null
          && !taker.isOver()
          && (last || !taker.isPaused())
          && cutOne(buffer, last)) {
        // Each round takes one packet.
      }
    } catch (Refusal refusal) {
      taker.takeMalformed(refusal);
    } finally {
      cutting = false;
    }
    if (buffer != null && (taker.isOver() || !buffer.isReadable())) {
      release();
    } else if (buffer != null) {
      buffer.discardSomeReadBytes();
    }
  }

  private void release() {
    if (buffer != null && !cutting) {
      buffer.release();
      buffer = null;
    }
  }

  /** Takes one packet if it is there; false if there is nothing more to take. */
  private boolean cutOne(ByteBuf bytes, boolean last) {
    int readable = bytes.readableBytes();
    if (readable == 0) {
      return false;
    }
    int start = bytes.readerIndex();
    int header = bytes.getUnsignedByte(start);
    requireHeader(header);
    int length = 0;
    int octets = 0;
    int octet;
    do {
      if (octets == LENGTH_OCTETS_MAX) {
        throw Refusal.malformed("2.1.4 a remaining length of more than four bytes");
      }
      if (1 + octets == readable) {
        return false;
      }
      octet = bytes.getUnsignedByte(start + 1 + octets);
      length |= (octet & 0x7f) << (7 * octets);
      octets++;
    } while ((octet & 0x80) != 0);
    if (octet == 0 && octets > 1) {
      throw Refusal.malformed("[MQTT-1.5.5-1] a remaining length longer than needed");
    }
    int bodyStart = 1 + octets;
    if (bodyStart + length > taker.packetBytesMax()) {
      int kept = Math.min(length, OVERSIZE_BYTES_KEPT);
      int here = Math.min(kept, readable - bodyStart);
      boolean wanted = !taker.isStranger() && header >> 4 == PacketReader.PUBLISH;
      if (here < kept && wanted && !last) {
        return false;
      }
      taker.takeOversize(header, bytes.slice(start + bodyStart, here));
      return false;
    }
    if (readable < bodyStart + length) {
      return false;
    }
    ByteBuf body = bytes.slice(start + bodyStart, length);
    bytes.skipBytes(bodyStart + length);
    taker.take(header, body);
    return true;
  }

  private void requireHeader(int header) {
    if (!taker.isStranger()) {
      PacketReader.requireHeader(header);
    } else if (header != PacketReader.CONNECT << 4) {
      throw header >> 4 == PacketReader.CONNECT
          ? Refusal.malformed("[MQTT-2.1.3-1] reserved flags in the fixed header")
          : Refusal.protocol("[MQTT-3.1.0-1] the first packet isn't CONNECT");
    }
  }
}
