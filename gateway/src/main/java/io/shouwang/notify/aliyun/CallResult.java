package io.shouwang.notify.aliyun;

import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Reception.Progress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call's status code comes to ("call status codes", "carrier response error codes").
 *
 * @param failure null unless it failed
 */
record CallResult(Progress progress, @Nullable Failure failure) {
  private static final CallResult ANSWERED = new CallResult(Progress.DELIVERED, null);

  /** Empty while nothing has come of it yet: dialled, ringing, over. */
  static Optional<CallResult> of(String status) {
    return switch (status) {
      // Heard to the end, hung up early, picked up, no key in time.
      case "200000", "200001", "200102", "200008" -> Optional.of(ANSWERED);
      case "200101", "200201", "200100", "200103", "300000" -> Optional.empty();
      // Busy, not answered, rejected or unreachable, out of reach, switched off.
      case "200002",
          "200003",
          "200005",
          "200007",
          "200010",
          "200111",
          "200112",
          "200113",
          "200120" ->
          failed(Failure.NOT_ANSWERED);
      // No such number, out of service.
      case "200004", "200011", "200116", "482" -> failed(Failure.NO_SUCH_ADDRESS);
      case "200105", "200012" -> failed(Failure.BLOCKED); // this callee may not be called
      case "200119" -> failed(Failure.QUOTA);
      case "200118" -> failed(Failure.REFUSED); // not at this hour
      case "200121", "400" -> failed(Failure.BUSY); // more lines at a time than there are
      // The recording, the number shown, a number taken away.
      case "200006", "200104", "200117", "476" -> failed(Failure.MISCONFIGURED);
      case "500", "999999" -> failed(Failure.BROKEN);
      default -> failed(Failure.DROPPED);
    };
  }

  private static Optional<CallResult> failed(Failure failure) {
    return Optional.of(new CallResult(Progress.FAILED, failure));
  }
}
