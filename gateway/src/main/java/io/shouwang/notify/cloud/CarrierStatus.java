package io.shouwang.notify.cloud;

import io.shouwang.notify.provider.Failure;
import java.util.Locale;

/**
 * What the carriers' delivery codes come to. The providers hand them on as they are: words of SMPP
 * ({@code UNDELIV}), two letters and four digits of China Mobile's gateways, bare numbers of the
 * other two. Only what says more than "it did not arrive" is told apart.
 */
public final class CarrierStatus {
  private CarrierStatus() {}

  public static Failure failure(String code) {
    return switch (code.toUpperCase(Locale.ROOT)) {
      // No such subscriber, out of service, an address that is none.
      case "MK:0000",
          "MK:0001",
          "MK:0005",
          "MK:0013",
          "MN:0001",
          "MI:0073",
          "MI:0195",
          "MI:0210",
          "CB:0001",
          "CB:0053",
          "DB:0101",
          "DB:0102",
          "1",
          "5",
          "12" ->
          Failure.NO_SUCH_ADDRESS;
      // Black lists: the carrier's, the gateway's, the subscriber's own.
      case "MBBLACK",
          "DBBLACK",
          "TDBLACK",
          "TSBLACK",
          "BLACK",
          "DB:0144",
          "0601",
          "601",
          "9403",
          "10",
          "45",
          "86" ->
          Failure.BLOCKED;
      case "MILIMIT",
          "CTLIMIT",
          "LIMIT",
          "BEYONDN",
          "DB:0142",
          "MK:1041",
          "MI:0079",
          "9419",
          "9441",
          "8",
          "9",
          "17",
          "22",
          "43" ->
          Failure.QUOTA;
      case "REJECTD", "KEYWORD", "MK:0014", "MK:0115", "-106" -> Failure.REFUSED;
      default -> Failure.DROPPED; // switched off, no coverage, expired, lost between gateways
    };
  }
}
