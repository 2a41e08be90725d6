package io.shouwang.sim.responder;

/** Takes a reply and sees to it that it arrives; returns at once. */
public interface Outbox {
  /**
   * Posts one reply.
   *
   * @param words what it says, for the line that is printed when it was acknowledged
   */
  void post(byte[] message, String words);
}
