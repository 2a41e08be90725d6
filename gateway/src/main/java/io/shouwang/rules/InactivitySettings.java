package io.shouwang.rules;

/**
 * How long a silence may last.
 *
 * @param enabled false switches the rule off
 */
public record InactivitySettings(boolean enabled) {
  public static final InactivitySettings STANDARD = new InactivitySettings(true);
}
