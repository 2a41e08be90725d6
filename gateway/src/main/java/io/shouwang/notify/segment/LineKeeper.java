package io.shouwang.notify.segment;

import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one line to a network: connects from its start on, and again after each loss with growing
 * pauses, which a message that has to go out cuts short. Any thread; waits in virtual ones.
 */
public final class LineKeeper<L extends LineKeeper.Line> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LineKeeper.class);
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  /** A line that held so long has earned a quick attempt when it breaks. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  /** A line on which we are logged in. */
  public interface Line {
    /** Waits for its end. */
    void awaitEnd() throws InterruptedException;

    /** Logs out, and waits for the answer. */
    void goodbye();

    /** Closes it without a word. */
    void drop();
  }

  /** How a line comes about. */
  public interface Connector<L> {
    /** Connects and logs in, within a limit of its own. */
    L connect() throws NoLine, InterruptedException;

    /** Gives up an attempt that is under way. */
    void abandon();
  }

  /** There is no line to send on. */
  public static final class NoLine extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Verdict.Refused verdict;

    public NoLine(Verdict.Refused verdict) {
      super(verdict.detail());
      this.verdict = verdict;
    }

    public NoLine(Failure failure, String detail) {
      this(new Verdict.Refused(failure, detail));
    }

    public Verdict.Refused verdict() {
      return verdict;
    }
  }

  private final String name;
  private final Connector<L> connector;
  private final Clock clock;
  private final Backoff backoff;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable L line;
  private Verdict.@Nullable Refused failure;
  private long attempts;
  private boolean isUrged;
  private boolean isClosed;

  /**
   * For one account.
   *
   * @param name the provider's
   * @param longest pause between two attempts
   */
  public LineKeeper(
      String name, Connector<L> connector, Duration longest, Clock clock, RandomGenerator random) {
    this.name = name;
    this.connector = connector;
    this.clock = clock;
    this.backoff = new Backoff(longest, random);
  }

  /** Begins to connect. */
  public void start() {
    Thread.ofVirtual().name("line-" + name).start(this::keep);
  }

  /** The line that stands, or will within the limit; what stood in the way, if none is. */
  public L await(Duration limit) throws NoLine, InterruptedException {
    lock.lockInterruptibly();
    try {
      long seen = attempts;
      if (line != null) {
        return line;
      }
      if (seen > 0 && failure != null && !mayPassAtOnce(failure)) {
        throw new NoLine(failure);
      }
      isUrged = true;
      changed.signalAll();
      long left = limit.toNanos();
      while (line == null && attempts == seen && !isClosed) {
        if (left <= 0) {
          throw new NoLine(new Verdict.Refused(Failure.UNREACHABLE, "no line in time"));
        }
        left = changed.awaitNanos(left);
      }
      if (line != null) {
        return line;
      }
      throw new NoLine(
          failure == null ? new Verdict.Refused(Failure.UNREACHABLE, "closed") : failure);
    } finally {
      lock.unlock();
    }
  }

  /** A centre that was away may be back; one that said no is not asked by each message again. */
  private static boolean mayPassAtOnce(Verdict.Refused failure) {
    return failure.failure() == Failure.UNREACHABLE;
  }

  /** Why there is none; empty while there is, or while the first attempt is under way. */
  public Optional<Verdict.Refused> trouble() {
    lock.lock();
    try {
      return line == null ? Optional.ofNullable(failure) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    try {
      while (!isClosed()) {
        once();
        pause(backoff.pause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  private void once() throws InterruptedException {
    L bound;
    try {
      bound = connector.connect();
    } catch (NoLine e) {
      ended(null, e.verdict(), true);
      return;
    } catch (RuntimeException e) {
      LOG.error("channel {}: an attempt to connect failed", name, e);
      ended(null, new Verdict.Refused(Failure.UNREACHABLE, "no line"), true);
      return;
    }
    long since = clock.nanos();
    if (!began(bound)) {
      bound.drop();
      return;
    }
    LOG.info("channel {}: logged in", name);
    bound.awaitEnd();
    if (clock.nanos() - since >= STEADY.toNanos()) {
      backoff.reset();
    }
    ended(bound, new Verdict.Refused(Failure.UNREACHABLE, "the line was closed"), false);
  }

  private boolean began(L bound) {
    lock.lock();
    try {
      if (isClosed) {
        return false;
      }
      line = bound;
      failure = null;
      attempts++;
      isUrged = false;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void ended(@Nullable L bound, Verdict.Refused why, boolean isAttempt) {
    boolean isNews;
    lock.lock();
    try {
      isNews = !isClosed && (failure == null || !failure.detail().equals(why.detail()));
      line = null;
      failure = why;
      attempts += isAttempt ? 1 : 0;
      isUrged = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (bound != null) {
      bound.drop();
    }
    if (isNews) {
      LOG.warn("channel {}: no line: {}", name, why.detail());
    }
  }

  private void pause(Duration pause) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = pause.toNanos();
      while (left > 0 && !isUrged && !isClosed) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Logs out if the network listens, and closes in any case. */
  @Override
  public void close() {
    L last;
    lock.lock();
    try {
      isClosed = true;
      last = line;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    connector.abandon();
    if (last != null) {
      CompletableFuture<Void> gone =
          CompletableFuture.runAsync(last::goodbye, Thread::startVirtualThread);
      try {
        gone.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("channel {}: no answer to the logout", name);
      }
      last.drop();
    }
  }
}
