package io.shouwang.model;

/** The one syntax of names that come from outside: {@code [A-Za-z0-9_-]{1,64}}. */
public final class Identity {
  public static final int LENGTH_MAX = 64;

  private Identity() {}

  /** Whether the text may name a device, a person, an area or a kind. */
  public static boolean isValid(String text) {
    int length = text.length();
    if (length == 0 || length > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  static void require(String what, String text) {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          what + " must be 1 to " + LENGTH_MAX + " of A-Z a-z 0-9 _ -");
    }
  }
}
