package io.shouwang.notify.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line to a mail server that ends when its time is up, and after so many bytes: a server that
 * drips keeps the limit of each read, and one that floods fills a line reader's memory.
 */
final class Line extends Socket {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);
  private static final int HEARD_BYTES_MAX = 256 * 1024;

  private final CompletableFuture<@Nullable Void> cutting;
  private volatile boolean cut;

  Line(Duration limit) {
    cutting =
        CompletableFuture.runAsync(
            this::cut,
            CompletableFuture.delayedExecutor(
                limit.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread));
  }

  private void cut() {
    cut = true;
    try {
      close();
    } catch (IOException e) {
      LOG.debug("a line that took too long does not close", e);
    }
  }

  /** Whether it ended because it took too long, or too much was said on it. */
  boolean wasCut() {
    return cut;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      private int heard;

      @Override
      public int read() throws IOException {
        return counted(super.read(), 1);
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int got = super.read(bytes, from, length);
        return counted(got, got);
      }

      private int counted(int result, int more) throws IOException {
        heard += Math.max(0, more);
        if (heard > HEARD_BYTES_MAX) {
          cut = true;
          throw new IOException("the server says too much");
        }
        return result;
      }
    };
  }

  @Override
  public synchronized void close() throws IOException {
    cutting.cancel(false);
    super.close();
  }
}
