package io.shouwang.notify.aliyun;

import io.shouwang.notify.provider.Failure;

/**
 * What Aliyun's error codes come to: those of the short messages' and the calls' interfaces, of the
 * gateway before them, and of the platform in reports.
 */
final class AliyunErrors {
  static final String OK = "OK";

  private AliyunErrors() {}

  static Failure failure(String code) {
    return switch (code) {
      // A minute's, an hour's or a day's share of this number; the account's day or month.
      case "isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL" ->
          Failure.QUOTA;
      // Somebody complained about calls.
      case "isv.COMPLAINT_REJECT", "ComplaintReject" -> Failure.BLOCKED;
      case "isv.MOBILE_NUMBER_ILLEGAL" -> Failure.NO_SUCH_ADDRESS;
      // Money, keys, permissions, what was not ordered.
      case "isv.AMOUNT_NOT_ENOUGH",
          "isv.AMOUNT_NOT_ENOUG",
          "isv.OUT_OF_SERVICE",
          "isv.ACCOUNT_NOT_EXISTS",
          "isv.ACCOUNT_ABNORMAL",
          "isv.PRODUCT_UN_SUBSCRIPT",
          "isv.PRODUCT_UNSUBSCRIBE",
          "isv.DENY_IP_RANGE",
          "isp.RAM_PERMISSION_DENY",
          "isp.RES_OWNER_ID_UNKNOWN",
          "isp.USER_NOT_EXIST",
          "isp.USER_ASSERT_NOT_EXIST",
          "isv.BILLID_NOT_EXIST",
          "BillidNotExist" ->
          Failure.MISCONFIGURED;
      // Gaps, spoken texts, the number shown.
      case "isv.TEMPLATE_MISSING_PARAMETERS",
          "isv.TEMPLATE_PARAMS_ILLEGAL",
          "isv.INVALID_JSON_PARAM",
          "isv.EXTEND_CODE_ERROR",
          "isv.TTS_TEMPLATE_ILLEGAL",
          "isv.TEMPLATE_ILLEGAL",
          "isv.VOICE_FILE_ILLEGAL",
          "isv.DISPLAY_NUMBER_ILLEGAL",
          "isv.DOMESTIC_NUMBER_NOT_SUPPORTED" ->
          Failure.MISCONFIGURED;
      case "isp.SYSTEM_ERROR",
          "isp.GATEWAY_ERROR",
          "isp.UNKNOWN",
          "isv.VOICE_CALL_FAIL",
          "InternalError",
          "ServiceUnavailable" ->
          Failure.BROKEN;
      case "SignatureNonceUsed" -> Failure.BUSY; // another nonce goes through
      default -> byBeginning(code);
    };
  }

  private static Failure byBeginning(String code) {
    if (code.startsWith("Throttling")) {
      return Failure.BUSY;
    }
    // Sender's name and template; of the gateway: key, signature, clock, permissions, interface.
    boolean isOurs =
        code.startsWith("isv.SMS_SIGN")
            || code.startsWith("isv.SIGN_")
            || code.startsWith("isv.SMS_TEMPLATE_")
            || code.startsWith("Signature")
            || code.startsWith("IncompleteSignature")
            || code.startsWith("InvalidAccessKey")
            || code.startsWith("InvalidTimeStamp")
            || code.startsWith("InvalidAction")
            || code.startsWith("InvalidVersion")
            || code.startsWith("InvalidProduct")
            || code.startsWith("Missing")
            || code.startsWith("Forbidden")
            || code.startsWith("NoPermission");
    return isOurs ? Failure.MISCONFIGURED : Failure.REFUSED;
  }
}
