package io.shouwang.console;

import io.shouwang.accounts.Refusal;

/** What accounts refuse, as a problem detail. */
final class AccountProblem {
  private AccountProblem() {}

  static Problem of(Refusal refusal) {
    String detail = refusal.words();
    return switch (refusal.why()) {
      case WRONG -> new Problem(403, "login-refused", "That isn't right", detail);
      case CODE -> new Problem(403, "code-needed", "A code is needed too", detail);
      case RESTING ->
          new Problem(429, "too-many-failures", "Too many failures", detail)
              .header("Retry-After", Long.toString(refusal.rest().toSeconds() + 1));
      case WEAK -> new Problem(422, "password-weak", "This password is too weak", detail);
      case LATE -> new Problem(409, "too-late", "It is too late for that", detail);
      case UNKNOWN -> new Problem(409, "changed-meanwhile", "It has changed meanwhile", detail);
      case TAKEN -> new Problem(409, "taken", "The login name is taken", detail);
      case LAST -> new Problem(409, "last-administrator", "The last administrator", detail);
      case TOO_MANY -> new Problem(409, "too-many", "There are enough", detail);
      case NO_ACCOUNT -> new Problem(403, "no-account", "You have no account here", detail);
      case NOT_BEGUN -> new Problem(409, "not-begun", "Nothing was begun", detail);
    };
  }
}
