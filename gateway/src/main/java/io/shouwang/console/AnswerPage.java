package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Asked;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.host.Clock;
import io.shouwang.intake.Lane;
import io.shouwang.model.Answer;
import io.shouwang.model.Directory;
import io.shouwang.model.Input;
import io.shouwang.model.Reply;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.notify.AnswerLinks;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page behind a signed link: {@link AnswerHtml} over HTTP. Opening it answers nothing, since
 * messengers open links by themselves; only a button's POST does.
 */
final class AnswerPage {
  private static final int BODY_BYTES_MAX = 2 * 1024;
  private static final String CHANNEL = "link";
  private static final int MERGES_MAX = 8;

  /** More than a person opens and presses; a good link is under no other limit. */
  private static final int VISITS_PER_MINUTE = 60;

  private static final int VISITORS_MAX = 10_000;
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors"
          + " 'none'";

  private final AnswerLinks links;
  private final AlertBook book;
  private final Supplier<Directory> directory;
  private final Submitter submitter;
  private final Body.Pace pace;
  private final Clock clock;
  private final AnswerHtml html;
  private final Tally visits = new Tally(VISITS_PER_MINUTE, VISITORS_MAX);

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
    this.html = new AnswerHtml(directory, clock, zone);
  }

  List<Route> routes() {
    Set<Who> anyone = Set.of(Who.ANYONE); // the token names the person
    return List.of(
        PlainRoutes.file("/answer.css", anyone, "answer.css", "text/css; charset=utf-8"),
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
        .filter(this::comesAtLeisure)
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

  /** Who holds a link must not keep the engine busy with it, nor the disk. */
  private boolean comesAtLeisure(AnswerLinks.Claim claim) {
    if (visits.count(claim.responder() + "/" + claim.delivery().alert(), clock.nanos())) {
      return true;
    }
    throw new Problem(429, "too-many-visits", "Too many visits", "wait a minute, then look again")
        .header("Retry-After", "60")
        .header("Connection", "close");
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

  /** The same visit, after what it said. */
  private Visit again(Visit visit) {
    return book.find(visit.seen().alert().id())
        .map(this::whereItGoesOn)
        .map(seen -> new Visit(seen, visit.who(), seen.alert().asked(visit.who()).orElse(null)))
        .orElse(visit);
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
        Optional.of(again(visit.get())),
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
    context.result(
        visit
            .map(v -> html.page(v.seen(), v.who(), v.asked(), said))
            .orElseGet(() -> AnswerHtml.gone(Language.of(context))));
  }
}
