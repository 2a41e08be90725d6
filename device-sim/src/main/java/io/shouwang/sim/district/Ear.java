package io.shouwang.sim.district;

/** Hears what homes live through. */
interface Ear {
  /**
   * A device said something that reached the gateway.
   *
   * @param claimed when, by the device's clock, epoch seconds
   * @param received when the gateway had it, epoch seconds
   */
  void event(Gadget device, long claimed, long received, String kind, String value);

  void truth(Truth truth);
}
