package io.shouwang.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every answer carries: nothing of ours is framed, sniffed, cached or runs inline. */
final class SecurityHeaders {
  private static final String POLICY = "Content-Security-Policy";

  static final Map<String, String> ALL =
      Map.of(
          POLICY,
          "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " object-src 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private SecurityHeaders() {}

  /** The same, with pictures from these origins too: a map's tiles. */
  static Map<String, String> withPictures(List<String> origins) {
    if (origins.isEmpty()) {
      return ALL;
    }
    Map<String, String> headers = new HashMap<>(ALL);
    headers.merge(POLICY, "; img-src 'self' " + String.join(" ", origins), String::concat);
    return Map.copyOf(headers);
  }
}
