package io.shouwang.rules;

/**
 * What measurements may be.
 *
 * @param enabled false switches the rule off
 */
public record VitalsSettings(boolean enabled) {
  public static final VitalsSettings STANDARD = new VitalsSettings(true);
}
