package io.shouwang.notify.cmpp;

import io.shouwang.notify.provider.Failure;

/** What the gateway's numbers and words mean for us. */
final class Results {
  private Results() {}

  /** Status of CONNECT_RESP, other than 0. */
  static Failure ofConnect(long status) {
    return switch ((int) status) {
      case 1, 2, 3, 4 -> Failure.MISCONFIGURED; // structure, source address, proof, version
      default -> Failure.BROKEN; // 5 and above: "other"; such as too many connections
    };
  }

  /** Result of SUBMIT_RESP, other than 0. */
  static Failure ofSubmit(long result) {
    return switch ((int) result) {
      case 8 -> Failure.BUSY; // flow control
      case 5, 7 -> Failure.MISCONFIGURED; // fee code, service id
      case 1, 2, 3, 4, 6 -> Failure.REFUSED; // structure, command, sequence, length, too long
      case 9 -> Failure.NO_SUCH_ADDRESS; // this gateway doesn't serve the number
      case 10, 11, 12 -> Failure.MISCONFIGURED; // Src_Id, Msg_src, Fee_terminal_Id
      case 13 -> Failure.NO_SUCH_ADDRESS; // Dest_terminal_Id
      default -> Failure.BROKEN;
    };
  }

  /** How far a message came. */
  enum Stage {
    ARRIVED,
    LOST,
    /** Nothing final. */
    UNDER_WAY
  }

  /** A report's word: that of the centre, or of a gateway on the way such as {@code MA:0001}. */
  static Stage stage(String state) {
    return switch (state) {
      case "DELIVRD" -> Stage.ARRIVED;
      case "ENROUTE", "ACCEPTD" -> Stage.UNDER_WAY;
      default -> Stage.LOST;
    };
  }

  static Failure ofState(String state) {
    return switch (state) {
      case "REJECTD" -> Failure.REFUSED;
      default -> Failure.DROPPED;
    };
  }
}
