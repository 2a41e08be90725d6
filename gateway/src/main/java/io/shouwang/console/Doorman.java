package io.shouwang.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.intake.Credentials;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Directory;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who speaks: Basic for devices and responders, Bearer for operators. Any thread.
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
  private final Supplier<Directory> directory;
  private final FailedLogins failedLogins;
  private final Clock clock;
  private final Counter refused;

  Doorman(
      Credentials credentials,
      Operators operators,
      Supplier<Directory> directory,
      FailedLogins failedLogins,
      Clock clock,
      MeterRegistry meters) {
    this.credentials = credentials;
    this.operators = operators;
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
  Caller identify(@Nullable String authorization, String address) {
    Caller caller = check(authorization);
    if (caller != null) {
      return caller;
    }
    refused.increment();
    if (authorization != null && !failedLogins.count(address, clock.nanos())) {
      throw new Problem(
              429, "too-many-failures", "Too many failures", "wait a minute, then try again")
          .header("Retry-After", "60")
          .header("Connection", "close");
    }
    // A browser that sent a token must not ask its user for a password.
    boolean isBearer = isScheme(authorization, "bearer ");
    throw new Problem(
            401,
            "unauthenticated",
            "Say who you are",
            "devices and responders: Basic id:secret; operators: Bearer token")
        .header(
            "WWW-Authenticate",
            isBearer ? BEARER + ", error=\"invalid_token\"" : BASIC + ", " + BEARER);
  }

  /** Whether the same header still names somebody: rights don't outlive their revocation. */
  boolean stillKnows(@Nullable String authorization) {
    return check(authorization) != null;
  }

  private @Nullable Caller check(@Nullable String authorization) {
    if (authorization == null || authorization.length() > HEADER_LENGTH_MAX) {
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
