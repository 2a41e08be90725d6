package io.shouwang.intake;

/** Where inputs enter the engine. Any thread. */
public interface Intake {

  /**
   * Offers an input. False means that its lane is full or shut: nothing was taken, and the caller
   * holds on to it, leaves its sender unacknowledged, and offers again after {@link #whenRoom}.
   */
  boolean offer(Submission submission);

  /**
   * Runs the action once, soon after the lane has room again, or at once if it has. The action runs
   * on the engine's thread and must only wake its owner.
   */
  void whenRoom(Lane lane, Runnable wake);
}
