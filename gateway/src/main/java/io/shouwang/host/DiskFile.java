package io.shouwang.host;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. One thread at a time. */
public interface DiskFile extends AutoCloseable {

  /** Reads up to the buffer's remaining bytes at a position; returns how many, -1 at the end. */
  int read(ByteBuffer target, long position) throws IOException;

  /** Writes all of the buffer at a position, growing the file as needed. */
  void write(ByteBuffer source, long position) throws IOException;

  /**
   * Makes the bytes, and the size if it changed, durable. After a failure nothing may be assumed.
   */
  void sync() throws IOException;

  void truncate(long size) throws IOException;

  long size() throws IOException;

  @Override
  void close() throws IOException;
}
