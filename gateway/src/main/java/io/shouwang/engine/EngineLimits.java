package io.shouwang.engine;

/**
 * The engine's bounds.
 *
 * @param alarmLane how many inputs may wait in the alarm lane
 * @param telemetryLane how many may wait in the telemetry lane
 * @param batchInputs the most inputs of one batch
 * @param batchBytes a batch is full from this size on; one input may carry it over
 * @param snapshotHomes how many homes a snapshot is handed between two batches
 */
public record EngineLimits(
    int alarmLane, int telemetryLane, int batchInputs, int batchBytes, int snapshotHomes) {
  public static final EngineLimits DEFAULT = new EngineLimits(16_384, 65_536, 2_048, 256 * 1024);

  /** With slices of the usual size. */
  public EngineLimits(int alarmLane, int telemetryLane, int batchInputs, int batchBytes) {
    this(alarmLane, telemetryLane, batchInputs, batchBytes, 1_000);
  }
}
