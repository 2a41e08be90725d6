package io.shouwang.model;

/**
 * The names of the synthetic alarm: a press that the gateway sends itself every minute, to show
 * that the whole way from the socket to the channel works. It lives in a home of its own that
 * nobody lives in, and rings a responder who is nobody; no registry may use these names.
 */
public final class Synthetic {
  /** Who presses. */
  public static final DeviceId DEVICE = new DeviceId("shouwang-synthetic-device");

  /** Who is rung, and closes. */
  public static final ResponderId RESPONDER = new ResponderId("shouwang-synthetic-responder");

  /** Where. */
  public static final HomeId HOME = HomeId.standIn(DEVICE);

  private Synthetic() {}

  /** Whether a name is one of these. */
  public static boolean isReserved(String identity) {
    return identity.equals(DEVICE.value()) || identity.equals(RESPONDER.value());
  }

  /** Whether an event is the synthetic press: from the device itself, through no hub. */
  public static boolean isPress(DeviceEvent event) {
    return event.hub() == null && event.device().equals(DEVICE);
  }
}
