package io.shouwang.rules;

import io.shouwang.model.AlertId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a rule found that still holds: remembered, so that it rings once and not with every
 * event that says it again.
 *
 * @param rule the rule's name
 * @param key tells conditions of one rule in one home apart, such as a device or a fence; may be
 *     empty
 * @param code what was found last
 * @param since when it was found
 * @param alert what it raised; null if a mode kept it from raising one
 */
public record Condition(
    String rule, String key, String code, Instant since, @Nullable AlertId alert) {

  /** Begins the key of what is only news for an open alert, and ends with it. */
  public static final String NEWS = "news.";

  /** Whether it was said of this alert, and means nothing without it. */
  public boolean isNewsOf(AlertId other) {
    return key.startsWith(NEWS) && other.equals(alert);
  }

  public boolean is(String otherRule, String otherKey) {
    return rule.equals(otherRule) && key.equals(otherKey);
  }
}
