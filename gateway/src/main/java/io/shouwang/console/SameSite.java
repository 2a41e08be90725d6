package io.shouwang.console;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another site has a browser send in its user's name (CSRF): beside the cookie's
 * SameSite=Strict, a change needs a header that no form can set and no foreign page may, and must
 * not say that it comes from elsewhere.
 */
final class SameSite {
  static final String HEADER = "X-Shouwang";

  /** The header's word for what somebody did by hand; a page's own looking says another. */
  static final String HAND = "hand";

  private SameSite() {}

  /**
   * Checks a request that is believed for its cookie, or will give one.
   *
   * @throws Problem 403
   */
  static void require(Context context) {
    String origin = context.header("Origin");
    String site = context.header("Sec-Fetch-Site");
    boolean isChange = !context.method().equals(HandlerType.GET);
    boolean isForeign =
        (origin != null && !isOwn(origin, context.header("Host")))
            || (site != null && !site.equals("same-origin") && !site.equals("none"));
    if (isChange && (isForeign || context.header(HEADER) == null)) {
      throw new Problem(
          403,
          "foreign",
          "Not from our own page",
          "send the header " + HEADER + ", from a page of this server; a proxy must pass Host on");
    }
  }

  /**
   * Checks that a browser was sent here by our own page, a bookmark or its user.
   *
   * @throws Problem 403
   */
  static void requireOwnWay(Context context) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new Problem(403, "foreign", "Not from our own page", "go there from the login page");
    }
  }

  static boolean isByHand(Context context) {
    return !context.method().equals(HandlerType.GET) || HAND.equals(context.header(HEADER));
  }

  private static boolean isOwn(String origin, @Nullable String host) {
    return host != null
        && (origin.equalsIgnoreCase("https://" + host)
            || origin.equalsIgnoreCase("http://" + host));
  }
}
