package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.wording.Wording;
import java.util.List;
import java.util.Locale;

/** Which language a request asks for (RFC 9110 section 12.5.4); Chinese when it doesn't say. */
final class Language {
  private static final List<Locale> SPOKEN = List.of(Locale.CHINESE, Locale.ENGLISH);
  private static final int HEADER_LENGTH_MAX = 256;

  private Language() {}

  static Wording of(Context context) {
    String asked = context.queryParam("lang");
    if (asked != null) {
      return Wording.of(asked);
    }
    String accept = context.header("Accept-Language");
    if (accept == null || accept.length() > HEADER_LENGTH_MAX) {
      return Wording.ZH;
    }
    try {
      Locale best = Locale.lookup(Locale.LanguageRange.parse(accept), SPOKEN);
      return best == null ? Wording.ZH : Wording.of(best.getLanguage());
    } catch (IllegalArgumentException e) {
      return Wording.ZH;
    }
  }
}
