package io.shouwang.console;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a request says who it comes from: by a header, or else by a browser's cookie.
 *
 * @param cookie the secret of a seat
 * @param isPage whether our page asks, which has a form of its own for whoever isn't known
 */
record Claim(
    @Nullable String authorization, @Nullable String cookie, boolean isPage, String address) {
  private static final String NAME = "shouwang";

  /** Browsers take a cookie of this name over TLS only, from this host alone (RFC 6265bis). */
  private static final String NAME_SECURE = "__Host-shouwang";

  private static final String TICKET = "shouwang-sign-on";
  private static final String TICKET_SECURE = "__Host-shouwang-sign-on";

  static Claim of(Context context) {
    String name = isSecure(context) ? NAME_SECURE : NAME;
    return new Claim(
        context.header("Authorization"),
        context.cookie(name),
        context.header(SameSite.HEADER) != null,
        context.ip());
  }

  /**
   * What a browser keeps while it is at a provider of single sign-on: it comes back from another
   * site, hence {@code Lax}.
   */
  static void giveTicket(Context context, String ticket, Duration lasts) {
    boolean isSecure = isSecure(context);
    context.header(
        "Set-Cookie",
        (isSecure ? TICKET_SECURE : TICKET)
            + "="
            + ticket
            + "; Path=/; Max-Age="
            + lasts.toSeconds()
            + "; HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : ""));
  }

  static @Nullable String ticket(Context context) {
    return context.cookie(isSecure(context) ? TICKET_SECURE : TICKET);
  }

  /** Gives the browser a seat's secret, until it is closed. */
  static void give(Context context, String secret) {
    boolean isSecure = isSecure(context);
    context
        .res()
        .addHeader(
            "Set-Cookie",
            (isSecure ? NAME_SECURE : NAME)
                + "="
                + secret
                + "; Path=/; HttpOnly; SameSite=Strict"
                + (isSecure ? "; Secure" : ""));
  }

  /** Has the browser forget it. */
  static void take(Context context) {
    boolean isSecure = isSecure(context);
    context.header(
        "Set-Cookie",
        (isSecure ? NAME_SECURE : NAME)
            + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : ""));
  }

  /**
   * Passwords don't travel in the clear.
   *
   * @throws Problem 403 for plain HTTP from another machine
   */
  static void requirePrivate(Context context) {
    if (!isSecure(context) && !isLoopback(context.req().getLocalAddr())) {
      throw new Problem(
          403,
          "not-private",
          "Not over plain HTTP",
          "log in over https; passwords don't travel in the clear");
    }
  }

  /** Over TLS, ours or that of a proxy on this machine. */
  private static boolean isSecure(Context context) {
    return context.req().isSecure()
        || (isLoopback(context.req().getRemoteAddr())
            && "https".equals(context.header("X-Forwarded-Proto")));
  }

  private static boolean isLoopback(@Nullable String address) {
    try {
      return address != null && InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "Claim[" + address + "]";
  }
}
