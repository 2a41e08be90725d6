package io.shouwang.notify.smpp;

import io.shouwang.host.Clock;
import io.shouwang.notify.segment.LineKeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.jsmpp.session.SessionStateListener;
import org.jspecify.annotations.Nullable;

/** One bound session, from its bind to its end. Any thread. */
final class SmppLine implements LineKeeper.Line {
  private final SMPPSession session;
  private final WatchedSocket socket;
  private final Opening end;
  private final Clock clock;

  private SmppLine(SMPPSession session, WatchedSocket socket, Opening end, Clock clock) {
    this.session = session;
    this.socket = socket;
    this.end = end;
    this.clock = clock;
  }

  /** Watches a session from before its first byte. */
  static final class Opening implements SessionStateListener {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private volatile @Nullable WatchedSocket socket;

    WatchedSocket socket(WatchedSocket opened) {
      socket = opened;
      return opened;
    }

    SmppLine bound(SMPPSession session, Clock clock) throws IOException {
      WatchedSocket opened = socket;
      if (opened == null) {
        throw new IOException("the session has no socket");
      }
      return new SmppLine(session, opened, this, clock);
    }

    /** The status by which the centre refused the bind; 0 if it did not. */
    int bindStatus() {
      WatchedSocket opened = socket;
      return opened == null ? 0 : opened.bindStatus();
    }

    /** Fails with an IOException when the session closes. */
    CompletableFuture<Void> untilClosed() {
      CompletableFuture<Void> open = new CompletableFuture<>();
      underWay.put(requests.incrementAndGet(), open);
      if (closed.getCount() == 0) {
        cut(open);
      }
      return open;
    }

    void drop() {
      WatchedSocket opened = socket;
      if (opened != null) {
        try {
          opened.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public void onStateChange(SessionState now, SessionState before, Session source) {
      if (now == SessionState.CLOSED) {
        closed.countDown();
        underWay.values().forEach(Opening::cut);
      }
    }

    private static void cut(CompletableFuture<?> request) {
      request.completeExceptionally(new IOException("the line broke before the answer"));
    }
  }

  SMPPSession session() {
    return session;
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    end.closed.await();
  }

  /**
   * Makes one request, and waits no longer than the limit, nor beyond the line's end. A centre that
   * said nothing at all meanwhile is taken for gone, and the line dropped: only a new one can tell.
   *
   * @throws TimeoutException when no answer came
   * @throws ExecutionException around what the request threw, or an IOException if the line broke
   */
  <T> T request(Callable<T> request, Duration limit)
      throws TimeoutException, ExecutionException, InterruptedException {
    long began = clock.nanos();
    CompletableFuture<T> answer = new CompletableFuture<>();
    long number = end.requests.incrementAndGet();
    end.underWay.put(number, answer);
    try {
      if (end.closed.getCount() == 0) {
        Opening.cut(answer);
      }
      Thread.startVirtualThread(() -> {
        try {
          answer.complete(request.call());
        } catch (Exception e) {
          answer.completeExceptionally(e);
        }
      });
      return answer.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (socket.heardNanos() - began < 0) {
        drop();
      }
      throw e;
    } finally {
      end.underWay.remove(number);
    }
  }

  @Override
  public void goodbye() {
    session.unbindAndClose();
  }

  @Override
  public void drop() {
    end.drop();
    session.close();
  }
}
