package io.shouwang.accounts;

import io.shouwang.accounts.PasswordHash.Cost;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where passwords are hashed: on half of the machine's cores and with a short line, so that a flood
 * of logins can take neither the memory nor the processor from an alarm. Any thread.
 */
final class Hashing implements AutoCloseable {
  static final int WAITING_MAX = 32;
  private static final long WITHIN_SECONDS = 20;

  private final Cost cost;
  private final SecureRandom random;
  private final ThreadPoolExecutor threads;
  private final AtomicLong done = new AtomicLong();

  /** Stands in for the hash of somebody nobody knows, so that they cost the same. */
  private final String nobody;

  Hashing(Cost cost, SecureRandom random) {
    this.cost = cost;
    this.random = random;
    int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("passwords").factory());
    byte[] salt = new byte[PasswordHash.SALT_BYTES];
    byte[] hash = new byte[PasswordHash.HASH_BYTES];
    random.nextBytes(salt);
    random.nextBytes(hash);
    this.nobody = PasswordHash.encode(cost, salt, hash);
  }

  /** A hash nobody's password has. */
  String nobody() {
    return nobody;
  }

  /** Whether the hash was made at another cost than is asked for today. */
  boolean isOutdated(String encoded) {
    return !PasswordHash.costOf(encoded).equals(cost);
  }

  /**
   * The hash of a new password.
   *
   * @throws Unavailable when too many wait
   */
  String hash(String password) {
    byte[] salt = new byte[PasswordHash.SALT_BYTES];
    random.nextBytes(salt);
    return run(() -> PasswordHash.of(cost, salt, password));
  }

  /**
   * Whether the password is the one that was hashed.
   *
   * @throws Unavailable when too many wait
   */
  boolean matches(String encoded, String password) {
    return run(() -> PasswordHash.matches(encoded, password));
  }

  /** How many were hashed. */
  long done() {
    return done.get();
  }

  private <T> T run(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      threads.execute(task);
      T result = task.get(WITHIN_SECONDS, TimeUnit.SECONDS);
      done.incrementAndGet();
      return result;
    } catch (RejectedExecutionException | TimeoutException e) {
      threads.remove(task);
      throw new Unavailable("too many log in at the same time; try again");
    } catch (ExecutionException e) {
      throw new IllegalStateException("hashing never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("the gateway is stopping");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
