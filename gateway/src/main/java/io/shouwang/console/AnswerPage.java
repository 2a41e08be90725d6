package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Standing;
import io.shouwang.host.Clock;
import io.shouwang.intake.Lane;
import io.shouwang.model.Answer;
import io.shouwang.model.Directory;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.notify.AnswerLinks;
import io.shouwang.wording.AlertCard;
import io.shouwang.wording.Wording;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page behind a signed link, for an old phone: what happened, where, and large buttons. Opening
 * it answers nothing, since messengers open links by themselves; only a button's POST does. It
 * works without a script, and shows how it ended once it has.
 */
final class AnswerPage {
  private static final int BODY_BYTES_MAX = 2 * 1024;
  private static final String CHANNEL = "link";
  private static final int MERGES_MAX = 8;
  private static final List<String> ANSWERS =
      List.of(
          "accept-10",
          "accept-20",
          "accept-30",
          "on_the_way",
          "arrived",
          "spoke",
          "decline",
          "done");
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors"
          + " 'none'";

  private final AnswerLinks links;
  private final AlertBook book;
  private final Supplier<Directory> directory;
  private final Submitter submitter;
  private final Body.Pace pace;
  private final Clock clock;
  private final ZoneId zone;
  private final SecureRandom random = new SecureRandom();

  AnswerPage(
      AnswerLinks links,
      AlertBook book,
      Supplier<Directory> directory,
      Submitter submitter,
      Body.Pace pace,
      Clock clock,
      ZoneId zone) {
    this.links = links;
    this.book = book;
    this.directory = directory;
    this.submitter = submitter;
    this.pace = pace;
    this.clock = clock;
    this.zone = zone;
  }

  List<Route> routes() {
    Set<Who> anyone = Set.of(Who.ANYONE); // the token names the person
    return List.of(
        Route.get("/r/{token}", anyone, (context, _) -> show(context)),
        Route.post("/r/{token}", anyone, (context, _) -> answer(context)));
  }

  /** Whom the token lets see which alert. */
  private record Visit(AlertBook.Seen seen, ResponderId who, @Nullable Asked asked) {
    /** Who is asked whether they are well, and not to come. */
    boolean isElder() {
      return asked != null && asked.role().equals(Role.ELDER);
    }
  }

  /** Empty, too, for who has left the registry: a link must not outlive the trust in its holder. */
  private Optional<Visit> visit(Context context) {
    return links
        .read(context.pathParam("token"), clock.wall())
        .filter(claim -> directory.get().responder(claim.responder()) != null)
        .flatMap(claim ->
            book.find(claim.delivery().alert())
                .map(this::whereItGoesOn)
                .map(seen ->
                    new Visit(
                        seen,
                        claim.responder(),
                        seen.alert().asked(claim.responder()).orElse(null))));
  }

  /** The alert that took over one that was merged into it. */
  private AlertBook.Seen whereItGoesOn(AlertBook.Seen seen) {
    AlertBook.Seen now = seen;
    for (int i = 0; i < MERGES_MAX && !now.alert().isOpen(); i++) {
      AlertBook.Seen next = null;
      for (Entry entry : now.alert().timeline()) {
        if (entry.fact() instanceof Fact.MergedInto merged) {
          next = book.find(merged.into()).orElse(null);
        }
      }
      if (next == null) {
        break;
      }
      now = next;
    }
    return now;
  }

  private void show(Context context) {
    Optional<Visit> visit = visit(context);
    AlertRoutes.ACCESS.info(
        "who={} look=link alert={} result={}",
        visit.map(v -> "responder:" + v.who()).orElse("nobody"),
        visit.map(v -> v.seen().alert().id().value()).orElse("-"),
        visit.isPresent() ? 200 : 404);
    write(context, visit, visit.isPresent() ? 200 : 404, "");
  }

  private void answer(Context context) {
    Optional<Visit> visit = visit(context);
    String type = context.contentType();
    if (visit.isEmpty()) {
      write(context, visit, 404, "");
      return;
    }
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      throw new Problem(415, "media-type", "Not a media type taken here", "press a button");
    }
    Body body = Body.read(context, BODY_BYTES_MAX, pace);
    Map<String, String> said = form(body.bytes());
    Reply reply = reply(visit.get(), said);
    Submitter.Synced synced;
    try {
      synced =
          submitter.submit(
              new Input.ReplyReceived(reply, visit.get().who(), false, CHANNEL), Lane.ALARM);
    } catch (Problem problem) {
      // Not for a program: a person must read that it did not go through, and press again.
      problem.headers().forEach(context::header);
      write(context, visit, problem.status(), "busy");
      return;
    }
    AlertRoutes.ACCESS.info(
        "who=responder:{} look=link_reply alert={} reply={}",
        visit.get().who(),
        reply.alert(),
        reply.answer());
    write(
        context,
        visit(context),
        200,
        synced.answer() instanceof Answer.Refused ? "refused" : "taken");
  }

  private static final String FORM = "application/x-www-form-urlencoded";

  private static Map<String, String> form(byte[] body) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : new String(body, StandardCharsets.US_ASCII).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      // Our own buttons send nothing that needs decoding.
      fields.putIfAbsent(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return fields;
  }

  private static Reply reply(Visit visit, Map<String, String> said) {
    String[] words = said.getOrDefault("answer", "").split("-", 2);
    Reply.Answer answer = null;
    for (Reply.Answer known : Reply.Answer.values()) {
      boolean mayBe = (known == Reply.Answer.WELL) == visit.isElder();
      if (mayBe && known.name().toLowerCase(Locale.ROOT).equals(words[0])) {
        answer = known;
      }
    }
    String once = said.getOrDefault("once", "");
    if (answer == null || !once.matches("[0-9a-f]{16}")) {
      throw Problem.badRequest("press one of the page's buttons");
    }
    Integer minutes =
        words.length == 2 && words[1].matches("[0-9]{1,2}") ? Integer.valueOf(words[1]) : null;
    return new Reply(CHANNEL + "-" + once, visit.seen().alert().id(), answer, minutes, null, null);
  }

  /**
   * @param said what became of the answer, a key of the page's texts; empty if there was none
   */
  private void write(Context context, Optional<Visit> visit, int status, String said) {
    context.header("Content-Security-Policy", POLICY);
    context.status(status);
    context.contentType("text/html; charset=utf-8");
    context.result(visit.map(v -> page(v, said)).orElseGet(() -> gone(Language.of(context))));
  }

  private static String gone(Wording wording) {
    return whole(wording, "<h1>" + escaped(wording.page("gone")) + "</h1>");
  }

  private String page(Visit visit, String said) {
    Directory registry = directory.get();
    Directory.Responder person = registry.responder(visit.who());
    Wording wording = Wording.of(person == null ? "zh" : person.language());
    Alert alert = visit.seen().alert();
    List<String> parts = new ArrayList<>();
    if (alert.marks().exercise()) {
      parts.add("<p class=\"exercise\">" + escaped(wording.notice("exercise")) + "</p>");
    }
    parts.add("<h1>" + escaped(wording.kind(alert.kind())) + "</h1>");
    if (!said.isEmpty()) {
      parts.add("<p class=\"said\" role=\"status\">" + escaped(wording.page(said)) + "</p>");
    }
    if (alert.isOpen()) {
      facts(parts, visit, registry, wording);
      buttons(parts, visit.isElder() ? List.of("well") : ANSWERS, wording);
    } else {
      var closing = alert.closing();
      String how = closing == null ? "" : wording.disposition(closing.disposition());
      parts.add("<p class=\"end\">" + escaped(wording.page("ended", "how", how)) + "</p>");
    }
    return whole(wording, String.join("\n", parts));
  }

  private void facts(List<String> parts, Visit visit, Directory registry, Wording wording) {
    Map<String, Object> card = AlertCard.of(visit.seen(), registry, wording, clock.wall(), zone);
    if (card.get("elder") instanceof Map<?, ?> elder && elder.get("name") != null) {
      Object age = elder.get("age");
      String years = age == null ? "" : " " + wording.page("age", "age", age);
      parts.add("<p class=\"who\">" + escaped(elder.get("name") + years) + "</p>");
    }
    if (card.get("home") instanceof Map<?, ?> home && home.get("address") != null) {
      parts.add("<p class=\"where\">" + escaped(String.valueOf(home.get("address"))) + "</p>");
      parts.add("<p class=\"access\">" + escaped(String.valueOf(home.get("access"))) + "</p>");
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
    parts.add("<p class=\"why\">" + escaped(String.valueOf(card.get("why"))) + "</p>");
    if (card.get("coming") instanceof List<?> coming && !coming.isEmpty()) {
      List<String> names = new ArrayList<>();
      for (Object one : coming) {
        if (one instanceof Map<?, ?> hold) {
          Object minutes = hold.get("eta_min");
          names.add(
              minutes == null
                  ? wording.notice("coming.there", "who", String.valueOf(hold.get("by")))
                  : wording.notice(
                      "coming", "who", String.valueOf(hold.get("by")), "minutes", minutes));
        }
      }
      parts.add("<p class=\"coming\">" + escaped(String.join("; ", names)) + "</p>");
    }
    Asked asked = visit.asked();
    if (asked != null) {
      Standing standing = Standing.of(visit.seen().alert(), asked);
      if (asked.answer() != null) {
        parts.add(
            "<p class=\"mine\">"
                + escaped(wording.page("mine", "standing", wording.standing(standing.name())))
                + "</p>");
      }
    }
  }

  private void buttons(List<String> parts, List<String> answers, Wording wording) {
    byte[] once = new byte[8];
    random.nextBytes(once);
    StringBuilder form = new StringBuilder("<form method=\"post\">");
    form.append("<input type=\"hidden\" name=\"once\" value=\"")
        .append(HexFormat.of().formatHex(once))
        .append("\">");
    for (String answer : answers) {
      form.append("<button name=\"answer\" value=\"")
          .append(answer)
          .append("\" class=\"")
          .append(answer.split("-", 2)[0])
          .append("\">")
          .append(escaped(wording.page("button." + answer)))
          .append("</button>");
    }
    parts.add(form.append("</form>").toString());
  }

  private static String whole(Wording wording, String body) {
    return "<!doctype html><html lang=\""
        + wording.language()
        + "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
        + " content=\"width=device-width,initial-scale=1\"><meta name=\"robots\""
        + " content=\"noindex\"><title>"
        + escaped(wording.page("title"))
        + "</title><link rel=\"stylesheet\" href=\"/answer.css\"></head><body><main>\n"
        + body
        + "\n</main></body></html>\n";
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c < ' ' && c != '\n' ? ' ' : c);
      }
    }
    return safe.toString();
  }
}
