package io.shouwang.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A {@link FileChannel}. A direct buffer is written without a copy, in one call to the system. */
final class RealDiskFile implements DiskFile {
  private final FileChannel channel;

  RealDiskFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return channel.read(target, position);
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    long at = position;
    while (source.hasRemaining()) {
      at += channel.write(source, at);
    }
  }

  @Override
  public void sync() throws IOException {
    // fdatasync: it writes the size when that changed, and leaves out the times, which nobody needs
    channel.force(false);
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
