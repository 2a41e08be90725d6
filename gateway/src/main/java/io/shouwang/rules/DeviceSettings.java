package io.shouwang.rules;

/**
 * What a device must do to count as protection.
 *
 * @param enabled false switches the rule off
 */
public record DeviceSettings(boolean enabled) {
  public static final DeviceSettings STANDARD = new DeviceSettings(true);
}
