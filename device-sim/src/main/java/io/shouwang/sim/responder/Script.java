package io.shouwang.sim.responder;

import io.shouwang.sim.message.Reply;
import io.shouwang.sim.message.Reply.Word;
import io.shouwang.sim.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a responder without hands answers, and when: steps counted from the alert's first ring, such
 * as {@code accept:8@5s,arrived@30s,done:real@60s}. Immutable.
 */
public record Script(List<Step> steps) {
  /** Answers nothing. */
  public static final Script SILENT = new Script(List.of());

  private static final String FORM =
      "write steps such as accept:8@5s,arrived@30s,done:real@60s"
          + " (accept[:minutes], decline[:note], spoke[:note], arrived, done:disposition)";

  public Script {
    steps = List.copyOf(steps);
  }

  /** One answer, so long after the alert's first ring. */
  public record Step(Duration after, Reply reply) {}

  /**
   * Reads a script.
   *
   * @throws IllegalArgumentException naming the step and the form, for one that can't be read
   */
  public static Script parse(String text) {
    List<Step> steps = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      steps.add(step(part.strip()));
    }
    return new Script(steps);
  }

  private static Step step(String part) {
    int at = part.lastIndexOf('@');
    String said = at < 0 ? part : part.substring(0, at);
    try {
      Duration after = at < 0 ? Duration.ZERO : Durations.parse(part.substring(at + 1));
      int colon = said.indexOf(':');
      String word = colon < 0 ? said : said.substring(0, colon);
      return new Step(after, reply(word, colon < 0 ? "" : said.substring(colon + 1).strip()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("step '" + part + "': " + e.getMessage() + "; " + FORM, e);
    }
  }

  /** One answer by its word and what follows it, as scripts and keys have them. */
  static Reply reply(String word, String more) {
    Word known =
        Arrays.stream(Word.values())
            .filter(one -> one.text().equals(word.strip().toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no reply"));
    return switch (known) {
      case ACCEPT -> more.isEmpty() ? Reply.plain(known) : Reply.accept(minutes(more));
      case DECLINE, SPOKE -> new Reply(known, null, null, more.isEmpty() ? null : more);
      case ARRIVED -> {
        if (!more.isEmpty()) {
          throw new IllegalArgumentException("arrived takes nothing after it");
        }
        yield Reply.plain(known);
      }
      case DONE -> {
        if (more.isEmpty()) {
          throw new IllegalArgumentException("done needs how it ended, as in done:real");
        }
        yield Reply.done(more);
      }
    };
  }

  private static int minutes(String text) {
    if (!text.matches("\\d{1,4}")) {
      throw new IllegalArgumentException("'" + text + "' is no number of minutes");
    }
    return Integer.parseInt(text);
  }
}
