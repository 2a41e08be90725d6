package io.shouwang.engine;

/**
 * The engine's bounds.
 *
 * @param alarmLane how many inputs may wait in the alarm lane
 * @param telemetryLane how many may wait in the telemetry lane
 * @param batchInputs the most inputs of one batch
 * @param batchBytes a batch is full from this size on; one input may carry it over
 */
public record EngineLimits(int alarmLane, int telemetryLane, int batchInputs, int batchBytes) {
  public static final EngineLimits DEFAULT = new EngineLimits(16_384, 65_536, 2_048, 256 * 1024);
}
