package io.shouwang.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.Seat;
import io.shouwang.accounts.Unavailable;
import io.shouwang.host.Clock;
import io.shouwang.intake.Credentials;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.Operator;
import io.shouwang.model.ResponderId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who speaks: Basic for devices and responders, Bearer for operators that are programs, a
 * cookie for people at a browser. Any thread.
 *
 * <p>Failures are limited by address, success never is: secrets are random and long, so guessing is
 * hopeless, while a button behind the same address as somebody who guesses must get through (P3).
 */
final class Doorman {
  private static final int HEADER_LENGTH_MAX = 1_024;
  private static final String BASIC = "Basic realm=\"shouwang\", charset=\"UTF-8\"";
  private static final String BEARER = "Bearer realm=\"shouwang\"";

  private final Credentials credentials;
  private final Operators operators;
  private final Accounts accounts;
  private final Predicate<Operator> hears;
  private final Supplier<Directory> directory;
  private final FailedLogins failedLogins;
  private final Clock clock;
  private final Counter refused;

  /**
   * Knows nobody yet.
   *
   * @param hears whether an alarm is open in somebody's area that their seat must go on hearing
   */
  Doorman(
      Credentials credentials,
      Operators operators,
      Accounts accounts,
      Predicate<Operator> hears,
      Supplier<Directory> directory,
      FailedLogins failedLogins,
      Clock clock,
      MeterRegistry meters) {
    this.credentials = credentials;
    this.operators = operators;
    this.accounts = accounts;
    this.hears = hears;
    this.directory = directory;
    this.failedLogins = failedLogins;
    this.clock = clock;
    this.refused =
        Counter.builder("shouwang.http.logins.refused")
            .description("requests whose secret or token was missing or wrong")
            .register(meters);
  }

  /**
   * Who speaks.
   *
   * @throws Problem 401, or 429 for an address that failed too often
   */
  Caller identify(Claim claim) {
    Caller caller = check(claim);
    if (caller != null) {
      return caller;
    }
    String authorization = claim.authorization();
    refused.increment();
    if (authorization != null && !failedLogins.count(claim.address(), clock.nanos())) {
      throw new Problem(
              429, "too-many-failures", "Too many failures", "wait a minute, then try again")
          .header("Retry-After", "60")
          .header("Connection", "close");
    }
    // A browser that has our page, a token or a cookie must not ask its user for a password itself.
    boolean isBearer =
        claim.isPage() || isScheme(authorization, "bearer ") || claim.cookie() != null;
    throw new Problem(
            401,
            "unauthenticated",
            "Say who you are",
            "devices and responders: Basic id:secret; operators: Bearer token; people: log in")
        .header(
            "WWW-Authenticate",
            isBearer ? BEARER + ", error=\"invalid_token\"" : BASIC + ", " + BEARER);
  }

  /**
   * Whoever the same claim names now, with the rights they have now: rights don't outlive their
   * revocation. Null when it names nobody any more.
   */
  @Nullable Caller again(Claim claim) {
    return check(claim);
  }

  private @Nullable Caller check(Claim claim) {
    String authorization = claim.authorization();
    if (authorization == null) {
      return claim.cookie() == null ? null : seated(claim.cookie());
    }
    if (authorization.length() > HEADER_LENGTH_MAX) {
      return null;
    }
    if (isScheme(authorization, "bearer ")) {
      String token = authorization.substring("bearer ".length()).strip();
      return token.isEmpty()
          ? null
          : operators.byToken(token).map(Caller.OfOperator::new).orElse(null);
    }
    return isScheme(authorization, "basic ")
        ? basic(authorization.substring("basic ".length()).strip())
        : null;
  }

  private @Nullable Caller seated(String secret) {
    Seat seat;
    try {
      seat = accounts.seats().find(secret).orElse(null);
    } catch (Unavailable e) {
      throw Problem.busy(e.words());
    }
    if (seat == null) {
      return null;
    }
    Operator operator = seat.person().operator();
    Seat.Standing standing = seat.standing(clock.wall());
    if (standing == Seat.Standing.SPENT && !hears.test(operator)) {
      accounts.seats().endSpent(seat);
      return null;
    }
    return new Caller.OfOperator(
        operator, seat, standing != Seat.Standing.LIVE, accounts.glass().of(seat.person()));
  }

  private static boolean isScheme(@Nullable String authorization, String scheme) {
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(scheme);
  }

  private @Nullable Caller basic(String encoded) {
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int colon = 0;
    while (colon < pair.length && pair[colon] != ':') {
      colon++;
    }
    if (colon == pair.length) {
      return null;
    }
    String identity = new String(pair, 0, colon, StandardCharsets.ISO_8859_1);
    byte[] secret = Arrays.copyOfRange(pair, colon + 1, pair.length);
    if (!Identity.isValid(identity) || !credentials.accept(identity, secret)) {
      return null;
    }
    // An identity that has a secret and is no responder is a device, registered or not yet.
    ResponderId responder = new ResponderId(identity);
    return directory.get().responder(responder) == null
        ? new Caller.OfDevice(new DeviceId(identity))
        : new Caller.OfResponder(responder);
  }
}
