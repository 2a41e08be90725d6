package io.shouwang.rules;

/**
 * How often an elder must be contacted, and by whom.
 *
 * @param enabled false switches the rule off
 */
public record DutySettings(boolean enabled) {
  public static final DutySettings STANDARD = new DutySettings(true);
}
