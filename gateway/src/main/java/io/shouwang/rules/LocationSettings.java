package io.shouwang.rules;

/**
 * What a place and a journey mean.
 *
 * @param enabled false switches the rule off
 */
public record LocationSettings(boolean enabled) {
  public static final LocationSettings STANDARD = new LocationSettings(true);
}
