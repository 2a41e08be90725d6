package io.shouwang.map;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A PMTiles file, open for one reader. A file that is replaced meanwhile (renamed over) stays as it
 * was for whoever has it open. One thread; close it.
 */
public final class TileFile implements AutoCloseable {
  private static final byte[] MAGIC = "PMTiles".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 3;
  private static final int HEADER_BYTES = 127;
  private static final int TYPE_AT = 99;
  private static final int TYPE_MVT = 1;

  private final FileChannel channel;
  private final long size;
  private final String tag;

  private TileFile(FileChannel channel, long size, String tag) {
    this.channel = channel;
    this.size = size;
    this.tag = tag;
  }

  /**
   * Opens it.
   *
   * @throws IOException if it isn't there or may not be read
   */
  public static TileFile open(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      long size = channel.size();
      // Replaced between the two: then it has the old time with the new size, a name of its own.
      String tag =
          Long.toHexString(size) + "-" + Long.toHexString(attributes.lastModifiedTime().toMillis());
      return new TileFile(channel, size, tag);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What is wrong with a file, for whoever wrote its name; empty if it can be drawn. */
  public static String mistake(Path path) {
    try (TileFile file = open(path)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      file.read(header, 0);
      byte[] bytes = header.array();
      if (header.hasRemaining() || !startsWith(bytes, MAGIC) || bytes[MAGIC.length] != VERSION) {
        return "is no PMTiles file of version " + VERSION;
      }
      return bytes[TYPE_AT] == TYPE_MVT ? "" : "holds no vector tiles (MVT)";
    } catch (IOException e) {
      return "can't be read";
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] beginning) {
    for (int i = 0; i < beginning.length; i++) {
      if (bytes[i] != beginning[i]) {
        return false;
      }
    }
    return true;
  }

  public long size() {
    return size;
  }

  /** Another content has another, as an HTTP entity tag without its quotes. */
  public String tag() {
    return tag;
  }

  /** Fills a buffer from a place on, or as far as the file goes. */
  public void read(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        return;
      }
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
