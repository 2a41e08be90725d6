package io.shouwang.console;

import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Hold;
import io.shouwang.alerts.Standing;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page behind a signed link as HTML, for an old phone and for who hears it read: what happened,
 * where, and large buttons; what became of the answer and what comes next. Works without a script
 * and looks anew when asked to. Once it is over it says how, and names nobody any more (P8). Any
 * thread.
 */
final class AnswerHtml {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

  private final Supplier<Directory> directory;
  private final Clock clock;
  private final ZoneId zone;
  private final SecureRandom random = new SecureRandom();

  AnswerHtml(Supplier<Directory> directory, Clock clock, ZoneId zone) {
    this.directory = directory;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Which answers somebody is likely to give next, and which step back.
   *
   * @param going whether to go comes first, in minutes
   */
  private record Choice(boolean going, List<String> first, List<String> more) {
    private static final List<String> GOING = List.of("accept-10", "accept-20", "accept-30");

    static Choice of(@Nullable Standing standing) {
      if (standing == null) {
        return unanswered();
      }
      return switch (standing) {
        case PENDING, SENT, DELIVERED, SEEN, NO_ANSWER, LAPSED -> unanswered();
        case ACCEPTED ->
            new Choice(
                false, List.of("arrived", "on_the_way"), with(GOING, "spoke", "decline", "done"));
        case ON_THE_WAY ->
            new Choice(false, List.of("arrived"), with(GOING, "spoke", "decline", "done"));
        case ARRIVED -> new Choice(false, List.of("done"), with(GOING, "spoke", "decline"));
        case DECLINED ->
            new Choice(true, List.of(), List.of("on_the_way", "arrived", "spoke", "done"));
        case SPOKE ->
            new Choice(true, List.of("done"), List.of("on_the_way", "arrived", "spoke", "decline"));
        case DONE, WELL ->
            new Choice(
                false, List.of(), with(GOING, "on_the_way", "arrived", "spoke", "decline", "done"));
      };
    }

    private static Choice unanswered() {
      return new Choice(true, List.of("decline", "arrived", "spoke", "done"), List.of());
    }

    private static List<String> with(List<String> some, String... others) {
      List<String> all = new ArrayList<>(some);
      all.addAll(List.of(others));
      return all;
    }
  }

  /** For a link that is none, or none any more. */
  static String gone(Wording wording) {
    return whole(
        wording,
        wording.page("gone.title"),
        "<h1>"
            + escaped(wording.page("gone.title"))
            + "</h1>\n<p>"
            + escaped(wording.page("gone"))
            + "</p>");
  }

  /**
   * The page of one alert for one person.
   *
   * @param asked how they were asked; null if they were not
   * @param said what became of the answer, a key of the page's texts; empty if there was none
   */
  String page(AlertBook.Seen seen, ResponderId who, @Nullable Asked asked, String said) {
    Directory registry = directory.get();
    Directory.Responder person = registry.responder(who);
    Wording wording = Wording.of(person == null ? "zh" : person.language());
    Alert alert = seen.alert();
    boolean isElder = asked != null && asked.role().equals(Role.ELDER);
    Standing standing = asked == null ? null : Standing.of(alert, asked);
    String heading = alert.isOpen() ? wording.kind(alert.kind()) : wording.page("ended.title");
    List<String> parts = new ArrayList<>();
    if (alert.marks().exercise()) {
      parts.add(paragraph("exercise", wording.notice("exercise")));
    }
    parts.add((alert.isOpen() ? "<h1>" : "<h1 class=\"over\">") + escaped(heading) + "</h1>");
    if (alert.isOpen()) {
      parts.add(paragraph("when", since(alert.raisedAt(), wording)));
    }
    if (!said.isEmpty()) {
      parts.add(
          "<p class=\"said "
              + said
              + "\" role=\""
              + (said.equals("taken") ? "status" : "alert")
              + "\">"
              + escaped(wording.page(said))
              + "</p>");
    }
    if (alert.isOpen()) {
      mine(parts, alert, asked, standing, wording);
      facts(parts, seen, who, registry, wording);
      if (isElder) {
        parts.add(paragraph("ask", wording.page("ask.elder")));
        form(parts, new Choice(false, List.of("well"), List.of()), wording);
      } else {
        form(parts, Choice.of(standing), wording);
      }
      parts.add(
          "<p class=\"again\">"
              + escaped(wording.page("as_of", "time", time(clock.wall())))
              + " <a href=\"\">"
              + escaped(wording.page("again"))
              + "</a></p>");
    } else {
      account(parts, alert, asked, standing, wording);
    }
    String title = said.isEmpty() ? heading : wording.page(said) + " " + heading;
    return whole(wording, title, String.join("\n", parts));
  }

  private String since(Instant raisedAt, Wording wording) {
    long minutes = Math.max(0, Duration.between(raisedAt, clock.wall()).toMinutes());
    return minutes == 0
        ? wording.page("just", "time", time(raisedAt))
        : wording.page("since", "time", time(raisedAt), "minutes", minutes);
  }

  /** What the person said, and what comes of it. */
  private void mine(
      List<String> parts,
      Alert alert,
      @Nullable Asked asked,
      @Nullable Standing standing,
      Wording wording) {
    if (asked == null || standing == null || !isAnswer(standing)) {
      return;
    }
    Hold hold = alert.holdOf(asked.responder()).orElse(null);
    Instant etaAt = hold == null ? null : hold.etaAt();
    String words = wording.standing(standing.name());
    String answer =
        etaAt == null
            ? wording.page("mine", "standing", words)
            : wording.page("mine.by", "standing", words, "time", time(etaAt));
    String next =
        wording.page("next." + standing.name(), "until", hold == null ? "" : time(hold.until()));
    parts.add(
        "<div class=\"mine\"><p><strong>"
            + escaped(answer)
            + "</strong></p><p>"
            + escaped(next)
            + "</p></div>");
  }

  private static boolean isAnswer(Standing standing) {
    return switch (standing) {
      case PENDING, SENT, DELIVERED, SEEN, NO_ANSWER -> false;
      case DECLINED, ACCEPTED, ON_THE_WAY, ARRIVED, LAPSED, SPOKE, WELL, DONE -> true;
    };
  }

  private void facts(
      List<String> parts,
      AlertBook.Seen seen,
      ResponderId reader,
      Directory registry,
      Wording wording) {
    Map<String, Object> card = AlertCard.of(seen, registry, wording, clock.wall(), zone);
    if (card.get("elder") instanceof Map<?, ?> elder && elder.get("name") != null) {
      Object age = elder.get("age");
      String years = age == null ? "" : " " + escaped(wording.page("age", "age", age));
      parts.add(
          "<p class=\"who\"><bdi>"
              + escaped(String.valueOf(elder.get("name")))
              + "</bdi>"
              + years
              + "</p>");
    }
    if (card.get("home") instanceof Map<?, ?> home && home.get("address") != null) {
      parts.add(foreign("where", String.valueOf(home.get("address"))));
      parts.add(foreign("access", String.valueOf(home.get("access"))));
      String phone = String.valueOf(home.get("phone")).replaceAll("[^0-9+]", "");
      if (!phone.isEmpty()) {
        parts.add(
            "<p><a class=\"call\" href=\"tel:"
                + phone
                + "\">"
                + escaped(wording.page("call") + " " + phone)
                + "</a></p>");
      }
    }
    parts.add(foreign("why", String.valueOf(card.get("why"))));
    if (card.get("coming") instanceof List<?> coming) {
      List<String> names = new ArrayList<>();
      for (Object one : coming) {
        // What they promised themselves is said above.
        if (one instanceof Map<?, ?> hold && !reader.value().equals(hold.get("id"))) {
          String who =
              wording.inHand(
                  new ResponderId(String.valueOf(hold.get("id"))),
                  new Role(String.valueOf(hold.get("role"))),
                  registry);
          Object minutes = hold.get("eta_min");
          names.add(
              minutes == null
                  ? wording.notice("coming.there", "who", who)
                  : wording.notice("coming", "who", who, "minutes", minutes));
        }
      }
      parts.add(foreign("coming", String.join("; ", names)));
    }
  }

  private void form(List<String> parts, Choice choice, Wording wording) {
    byte[] once = new byte[8];
    random.nextBytes(once);
    StringBuilder form = new StringBuilder("<form method=\"post\">");
    form.append("<input type=\"hidden\" name=\"once\" value=\"")
        .append(HexFormat.of().formatHex(once))
        .append("\">");
    if (choice.going()) {
      going(form, wording);
    }
    if (!choice.first().isEmpty()) {
      form.append("<div class=\"first\">");
      choice.first().forEach(answer -> button(form, answer, wording));
      form.append("</div>");
    }
    if (!choice.more().isEmpty()) {
      boolean goes = choice.more().containsAll(Choice.GOING);
      form.append("<details><summary>").append(escaped(wording.page("more"))).append("</summary>");
      if (goes) {
        going(form, wording);
      }
      form.append("<div class=\"first\">");
      choice.more().stream()
          .filter(answer -> !goes || !Choice.GOING.contains(answer))
          .forEach(answer -> button(form, answer, wording));
      form.append("</div></details>");
    }
    parts.add(form.append("</form>").toString());
  }

  private static void going(StringBuilder form, Wording wording) {
    form.append("<fieldset><legend>")
        .append(escaped(wording.page("ask")))
        .append("</legend><div class=\"going\">");
    Choice.GOING.forEach(answer -> button(form, answer, wording));
    form.append("</div></fieldset>");
  }

  private static void button(StringBuilder form, String answer, Wording wording) {
    form.append("<button name=\"answer\" value=\"")
        .append(answer)
        .append("\" class=\"")
        .append(answer.split("-", 2)[0])
        .append("\">")
        .append(escaped(wording.page("button." + answer)))
        .append("</button>");
  }

  /** How it ended, without anybody's name. */
  private void account(
      List<String> parts,
      Alert alert,
      @Nullable Asked asked,
      @Nullable Standing standing,
      Wording wording) {
    Closing closing = Objects.requireNonNull(alert.closing());
    String kind = wording.kind(alert.kind());
    parts.add(
        paragraph(
            "span",
            wording.page(
                "ended.span",
                "kind",
                kind,
                "from",
                time(alert.raisedAt()),
                "to",
                time(closing.at()))));
    parts.add(
        paragraph("end", wording.page("ended", "how", wording.disposition(closing.disposition()))));
    for (Entry entry : alert.timeline()) {
      if (entry.fact() instanceof Fact.Replied replied
          && replied.answer() == Reply.Answer.ARRIVED) {
        parts.add(
            paragraph("there", wording.page("ended.there", "time", time(entry.stamp().now()))));
        break;
      }
    }
    if (asked != null && asked.answer() != null && standing != null) {
      parts.add(
          paragraph("own", wording.page("mine", "standing", wording.standing(standing.name()))));
    }
    parts.add(paragraph("thanks", wording.page("ended.thanks")));
  }

  /** With its day, unless that is today. */
  private String time(Instant at) {
    ZonedDateTime there = at.atZone(zone);
    boolean isToday = there.toLocalDate().equals(clock.wall().atZone(zone).toLocalDate());
    return (isToday ? TIME : DAY_AND_TIME).format(there);
  }

  private static String paragraph(String looks, String text) {
    return "<p class=\"" + looks + "\">" + escaped(text) + "</p>";
  }

  /** A paragraph that others wrote in part: its direction ends with it. */
  private static String foreign(String looks, String text) {
    return text.isBlank() ? "" : "<p class=\"" + looks + "\"><bdi>" + escaped(text) + "</bdi></p>";
  }

  private static String whole(Wording wording, String title, String body) {
    return "<!doctype html><html lang=\""
        + (wording.language().equals("zh") ? "zh-CN" : wording.language())
        + "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
        + " content=\"width=device-width,initial-scale=1\"><meta name=\"robots\""
        + " content=\"noindex\"><meta name=\"format-detection\" content=\"telephone=no\"><title>"
        + escaped(title + " · " + wording.page("title"))
        + "</title><link rel=\"stylesheet\" href=\"/answer.css\"></head><body><main>\n"
        + body
        + "\n</main></body></html>\n";
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '&' -> safe.append("&amp;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> {
              if (isShown(c)) {
                safe.appendCodePoint(c);
              } else {
                safe.append(' ');
              }
            }
          }
        });
    return safe.toString();
  }

  /** Nothing that turns what follows around, hides, or is half a character. */
  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
