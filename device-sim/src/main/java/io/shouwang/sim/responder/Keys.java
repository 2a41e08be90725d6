package io.shouwang.sim.responder;

import io.shouwang.sim.message.Reply;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a person at a terminal types: {@code [number] key [more]} and Enter. */
public final class Keys {
  /** Shown once at the start. */
  public static final String HELP =
      """
      Answer the newest alert, or put its number first, then Enter:
        a 8      accept: I'm coming, 8 minutes     d        decline
        s        spoke with them by phone          r        arrived
        x real   done, and how it ended            2 a 8    accept alert [2]\
      """;

  private static final Pattern FORM = Pattern.compile("(?:(\\d{1,6})\\s+)?([adsrx])(?:\\s+(.*))?");

  private Keys() {}

  /**
   * An answer.
   *
   * @param number the alert's, or null for the newest
   */
  public record Typed(@Nullable Integer number, Reply reply) {}

  /**
   * Reads one line.
   *
   * @throws IllegalArgumentException with what helps, for one that can't be read
   */
  public static Typed read(String line) {
    Matcher matcher = FORM.matcher(line.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("keys are a, d, s, r and x");
    }
    String word =
        switch (matcher.group(2)) {
          case "a" -> "accept";
          case "d" -> "decline";
          case "s" -> "spoke";
          case "r" -> "arrived";
          default -> "done";
        };
    String more = matcher.group(3) == null ? "" : matcher.group(3).strip();
    Integer number = matcher.group(1) == null ? null : Integer.valueOf(matcher.group(1));
    return new Typed(number, Script.reply(word, more));
  }
}
