package io.shouwang.notify.provider;

import java.util.List;

/**
 * One configured account with a service that reaches people. Opened once; {@link #submit} is called
 * by many virtual threads at a time and may block them, never beyond the configured time limit. It
 * makes exactly one attempt: retries, failover and counting belong to the caller.
 */
public interface Provider extends AutoCloseable {

  /** Its name in {@code channels.yaml}, in metrics and in timelines. */
  String name();

  Audience audience();

  /**
   * The provider's published limits, held locally so that an exercise never uses up what an alarm
   * needs, and a block is not provoked.
   */
  List<Quota> quotas();

  /** Makes one attempt. Never throws for what the provider or the network does. */
  Verdict submit(Notice notice);

  /**
   * Reachable and well configured, without ringing anybody; for {@code send-test} and readiness.
   */
  default List<String> problems() {
    return List.of();
  }

  @Override
  void close();
}
