package io.shouwang.notify.tencent;

import io.shouwang.notify.provider.Failure;

/** What Tencent Cloud's error codes come to: of the gateway, of SendSms, and of each number. */
final class TencentErrors {
  static final String OK = "Ok";

  private TencentErrors() {}

  static Failure failure(String code) {
    return switch (code) {
      case "FailedOperation.PhoneNumberInBlacklist" -> Failure.BLOCKED;
      case "InvalidParameterValue.IncorrectPhoneNumber" -> Failure.NO_SUCH_ADDRESS;
      // Sender's name, template and its gaps, application.
      case "FailedOperation.SignatureIncorrectOrUnapproved",
          "FailedOperation.MissingSignature",
          "FailedOperation.TemplateIncorrectOrUnapproved",
          "FailedOperation.TemplateIdNotExist",
          "FailedOperation.TemplateUnapprovedOrNotExist",
          "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
          "InvalidParameterValue.SdkAppIdNotExist",
          "InternalError.SigVerificationFail",
          "InternalError.SigFieldMissing",
          "InternalError.RequestTimeException",
          "InternalError.RestApiInterfaceNotExist" ->
          Failure.MISCONFIGURED;
      // Nothing left in the package, or in the purse.
      case "FailedOperation.InsufficientBalanceInSmsPackage",
          "UnauthorizedOperation.ServiceSuspendDueToArrears" ->
          Failure.MISCONFIGURED;
      // A request that names too many numbers is our mistake, not a used-up quota.
      case "LimitExceeded.PhoneNumberCountLimit" -> Failure.REFUSED;
      case "ResourceUnavailable", "ResourceInsufficient" -> Failure.BROKEN;
      default -> byBeginning(code);
    };
  }

  private static Failure byBeginning(String code) {
    if (code.startsWith("RequestLimitExceeded")) {
      return Failure.BUSY;
    }
    if (code.startsWith("LimitExceeded")) {
      return Failure.QUOTA; // of the number, within 30 s, an hour, a day; of the application's day
    }
    if (code.startsWith("InternalError")) {
      return Failure.BROKEN;
    }
    boolean isOurs =
        code.startsWith("AuthFailure")
            || code.startsWith("UnauthorizedOperation")
            || code.startsWith("Ip")
            || code.startsWith("InvalidAction")
            || code.startsWith("ActionOffline")
            || code.startsWith("NoSuch")
            || code.startsWith("UnsupportedRegion")
            || code.startsWith("MissingParameter")
            || code.startsWith("UnknownParameter");
    return isOurs ? Failure.MISCONFIGURED : Failure.REFUSED;
  }
}
