package io.shouwang.notify.chat;

import io.shouwang.host.Clock;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Http;
import io.shouwang.notify.provider.Verdict;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An access token that lives for a while. One thread fetches; the others wait for what it brings
 * and share it, a failure too, so that nobody waits longer than one exchange. It is renewed a
 * little before its end, and when the service no longer takes it. Any thread.
 */
public final class AccessToken {
  private static final Duration EARLY = Duration.ofMinutes(5);

  private final Clock clock;
  private final Fetch fetch;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Held held;

  /** Guarded by the lock. */
  private @Nullable CompletableFuture<String> underway;

  private record Held(String token, long untilNanos) {}

  /** What the service gave. */
  public record Fetched(String token, Duration lifetime) {}

  /** Asks the service for a token. */
  @FunctionalInterface
  public interface Fetch {
    Fetched fetch() throws Http.NoAnswer, ChatAnswer.Unusable;
  }

  public AccessToken(Clock clock, Fetch fetch) {
    this.clock = clock;
    this.fetch = fetch;
  }

  /** The token in force. */
  public String get() throws Http.NoAnswer, ChatAnswer.Unusable {
    return after(null);
  }

  /**
   * A token other than one the service refused.
   *
   * @param refused null if none was
   */
  public String after(@Nullable String refused) throws Http.NoAnswer, ChatAnswer.Unusable {
    String usable = usable(refused);
    if (usable != null) {
      return usable;
    }
    CompletableFuture<String> coming;
    boolean isMine = false;
    lock.lock();
    try {
      usable = usable(refused);
      if (usable != null) {
        return usable;
      }
      if (underway == null) {
        underway = new CompletableFuture<>();
        isMine = true;
      }
      coming = underway;
    } finally {
      lock.unlock();
    }
    return isMine ? fetch(coming) : await(coming);
  }

  private String fetch(CompletableFuture<String> coming) throws Http.NoAnswer, ChatAnswer.Unusable {
    try {
      Fetched fetched = fetch.fetch();
      Duration kept = fetched.lifetime().minus(EARLY);
      if (kept.isNegative()) {
        kept = fetched.lifetime().dividedBy(2);
      }
      arrived(new Held(fetched.token(), clock.nanos() + kept.toNanos()));
      coming.complete(fetched.token());
      return fetched.token();
    } catch (Http.NoAnswer | ChatAnswer.Unusable | RuntimeException | Error failed) {
      // Whatever it was, those who wait for the same request must not wait for ever.
      arrived(null);
      coming.completeExceptionally(failed);
      throw failed;
    }
  }

  private void arrived(@Nullable Held fetched) {
    lock.lock();
    try {
      if (fetched != null) {
        held = fetched;
      }
      underway = null;
    } finally {
      lock.unlock();
    }
  }

  private static String await(CompletableFuture<String> coming)
      throws Http.NoAnswer, ChatAnswer.Unusable {
    try {
      return coming.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChatAnswer.Unusable(new Verdict.Refused(Failure.TIMED_OUT, "interrupted"));
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case Http.NoAnswer noAnswer -> throw noAnswer;
        case ChatAnswer.Unusable unusable -> throw unusable;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }

  private @Nullable String usable(@Nullable String refused) {
    Held now = held;
    return now != null && now.untilNanos() - clock.nanos() > 0 && !now.token().equals(refused)
        ? now.token()
        : null;
  }

  @Override
  public String toString() {
    return "AccessToken";
  }
}
