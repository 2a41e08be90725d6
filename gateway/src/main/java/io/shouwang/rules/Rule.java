package io.shouwang.rules;

/**
 * One rule: a pure function of a home's state, an event or the passing of time. Says what holds and
 * what no longer does, each with its reason in numbers; never whether it rings. Without state of
 * its own; any thread.
 */
public interface Rule {
  /** Its name, as in {@code rules.yaml}, facts and metrics. */
  String name();

  /**
   * Says what it finds.
   *
   * @param sight the home after the event was heard, and the event; or no event, when time has
   *     passed: then the rule looks at everything, and says with {@link Findings#lookAt} when it
   *     must look again at the latest. After an event it may ask for an earlier look, never for a
   *     later one.
   */
  void judge(Sight sight, Findings findings);
}
