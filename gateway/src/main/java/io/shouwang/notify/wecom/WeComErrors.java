package io.shouwang.notify.wecom;

import io.shouwang.notify.provider.Failure;

/** What WeCom's error codes come to. */
final class WeComErrors {
  /** An access token that is not, or no longer, taken: another one may be. */
  static final int INVALID_TOKEN = 40014;

  static final int EXPIRED_TOKEN = 42001;

  private WeComErrors() {}

  static Failure failure(int code) {
    return switch (code) {
      case -1, 45009, 45033 -> Failure.BUSY;
      case 40003, 40031, 60111, 81013, 82001 -> Failure.NO_SUCH_ADDRESS;
      case 40001,
          40013,
          INVALID_TOKEN,
          40056,
          40091,
          41001,
          EXPIRED_TOKEN,
          48002,
          60011,
          60020,
          93000,
          301002 ->
          Failure.MISCONFIGURED;
      default -> Failure.REFUSED;
    };
  }
}
