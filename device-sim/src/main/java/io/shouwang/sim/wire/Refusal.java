package io.shouwang.sim.wire;

import io.shouwang.sim.wire.WireException.Trouble;
import java.util.Locale;

/**
 * What the gateway's codes mean to a device: whether to try again, and in which words to say it.
 */
final class Refusal {
  private Refusal() {}

  /** MQTT 5.0, 2.4: a reason code of 0x80 or more is a failure. */
  static WireException ofVersion5(String act, int code) {
    return new WireException(
        passing(code) ? Trouble.LOST : Trouble.REFUSED,
        String.format(Locale.ROOT, "%s refused: 0x%02x %s", act, code, words(code)));
  }

  /** MQTT 3.1.1, 3.2.2.3: return codes 1 to 5 of CONNACK. */
  static WireException ofVersion3(int code, Throwable cause) {
    String words =
        switch (code) {
          case 1 -> "it doesn't speak MQTT 3.1.1";
          case 2 -> "it doesn't like the client id";
          case 3 -> "it is unavailable at the moment";
          case 4 -> "bad user name or password";
          default -> "not authorized";
        };
    return new WireException(
        code == 3 ? Trouble.LOST : Trouble.REFUSED,
        "connect refused: " + code + " " + words,
        cause);
  }

  private static boolean passing(int code) {
    return switch (code) {
      // unspecified, implementation, unavailable, busy, shutting down, keep-alive, taken over,
      // receive maximum, rate, quota, administrative, moved, connection rate, connect time
      case 0x80, 0x83, 0x88, 0x89, 0x8b, 0x8d, 0x8e -> true;
      case 0x93, 0x96, 0x97, 0x98, 0x9c, 0x9d, 0x9f, 0xa0 -> true;
      default -> false;
    };
  }

  private static String words(int code) {
    return switch (code) {
      case 0x80 -> "unspecified error";
      case 0x81 -> "malformed packet";
      case 0x82 -> "protocol error";
      case 0x83 -> "the gateway can't do this now";
      case 0x84 -> "this version of MQTT isn't spoken";
      case 0x85 -> "client id not valid";
      case 0x86 -> "bad user name or password";
      case 0x87 -> "not authorized";
      case 0x88 -> "unavailable";
      case 0x89 -> "busy";
      case 0x8a -> "banned";
      case 0x8b -> "shutting down";
      case 0x8c -> "bad authentication method";
      case 0x8d -> "keep-alive timeout";
      case 0x8e -> "session taken over";
      case 0x8f -> "topic filter not valid";
      case 0x90 -> "topic name not valid";
      case 0x93 -> "receive maximum exceeded";
      case 0x95 -> "packet too large";
      case 0x96 -> "message rate too high";
      case 0x97 -> "quota exceeded";
      case 0x98 -> "administrative action";
      case 0x99 -> "payload format not valid";
      case 0x9b -> "QoS not supported";
      default -> "(see MQTT 5.0, 2.4)";
    };
  }
}
