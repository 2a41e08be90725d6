package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Closing;
import io.shouwang.alerts.Home;
import io.shouwang.model.Directory;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.Input;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.AlertCard;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a dispatcher does with an alert beyond answering it: has the next rung rung, hands it over;
 * and what was in its home before.
 */
final class HandlingRoutes {
  private static final Set<Who> DISPATCHERS = Set.of(Who.DISPATCHER);
  private static final Set<Who> OFFICE = Set.of(Who.DISPATCHER, Who.SUPERVISOR);
  private static final int EARLIER_DEFAULT = 20;

  private final AlertBook book;
  private final Supplier<Directory> directory;
  private final Colleagues colleagues;
  private final AmendingRoutes amending;
  private final AlertLooks looks;
  private final Function<Context, AlertJson> json;

  /**
   * Routes of the alerts in a book.
   *
   * @param json writes alerts in the language of a request
   */
  HandlingRoutes(
      AlertBook book,
      Supplier<Directory> directory,
      Colleagues colleagues,
      AmendingRoutes amending,
      Function<Context, AlertJson> json) {
    this.book = book;
    this.directory = directory;
    this.colleagues = colleagues;
    this.amending = amending;
    this.looks = new AlertLooks(book, directory);
    this.json = json;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/alerts/{id}/rings", DISPATCHERS, this::hurry),
        Route.get("/api/v1/alerts/{id}/handovers", DISPATCHERS, this::colleagues),
        Route.post("/api/v1/alerts/{id}/handovers", DISPATCHERS, this::handOver),
        Route.get("/api/v1/homes/{home}/alerts", OFFICE, this::earlier));
  }

  private void hurry(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Alert alert = looks.find(context, caller, "ring_next").alert();
    JsonNode body = amending.body(context);
    amending.submit(
        context,
        alert.id(),
        new Input.LadderHurried(
            alert.id(), AmendingRoutes.id(body), operator.operator().id(), true, "http"));
  }

  private void colleagues(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Alert alert = looks.find(context, caller, "colleagues").alert();
    List<Map<String, Object>> to =
        colleagues.of(alert, directory.get(), operator.operator().id()).stream()
            .map(HandlingRoutes::line)
            .toList();
    JsonWriter.answer(context, 200, Map.of("to", to));
  }

  private static Map<String, Object> line(Colleagues.Colleague one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", one.id().value());
    json.put("name", one.name());
    json.put("means", AlertCard.word(one.means()));
    json.put("seated", one.seated());
    return json;
  }

  private void handOver(Context context, Caller caller) {
    Caller.OfOperator operator = Asked.operator(caller);
    Alert alert = looks.find(context, caller, "hand_over").alert();
    JsonNode body = amending.body(context);
    String to = CallReader.identity("to", CallReader.required(body, "to", Identity.LENGTH_MAX));
    ResponderId by = operator.operator().id();
    ResponderId other = new ResponderId(to);
    if (other.equals(by)) {
      throw new Problem(409, "conflict", "It can't be done", "it is in your hands already");
    }
    boolean isOperator = colleagues.isOperator(alert, directory.get(), other);
    AlertRoutes.ACCESS.info("who={} look=hand_over alert={} to={}", caller.name(), alert.id(), to);
    amending.submit(
        context,
        alert.id(),
        new Input.HandoverAsked(
            alert.id(), AmendingRoutes.id(body), by, other, isOperator, "http"));
  }

  /** What was in a home before, the latest first, with how each ended. */
  private void earlier(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    int limit = Asked.number(context, "limit", 1, AlertRoutes.LIMIT_MAX, EARLIER_DEFAULT);
    String name = context.pathParam("home");
    HomeId home = Identity.isValid(name) ? new HomeId(name) : null;
    Directory now = directory.get();
    boolean isSeen =
        home != null && now.home(home) != null && new Sight(now).covers(operator, home);
    AlertRoutes.ACCESS.info(
        "who={} look=earlier home={} result={}", caller.name(), name, isSeen ? 200 : 404);
    if (home == null || !isSeen) {
      throw Problem.notFound("home");
    }
    List<AlertBook.Seen> closed =
        book.closed().stream()
            .filter(seen -> seen.alert().home().equals(home))
            .sorted(
                Comparator.comparing((AlertBook.Seen seen) -> seen.alert().raisedAt()).reversed())
            .toList();
    List<AlertBook.Seen> open =
        book.open().stream().filter(seen -> seen.alert().home().equals(home)).toList();
    AlertJson words = json.apply(context);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("home", name);
    answer.put(
        "open",
        open.stream().map(seen -> words.seenBy(caller, seen.alert()).line(seen, true)).toList());
    answer.put(
        "earlier",
        closed.stream()
            .limit(limit)
            .map(seen -> words.seenBy(caller, seen.alert()).line(seen, true))
            .toList());
    answer.put("total", closed.size());
    knownSince(closed).ifPresent(since -> answer.put("known_since", since.toString()));
    JsonWriter.answer(context, 200, answer);
  }

  /** Of a home with as many as are kept, earlier ones are forgotten. */
  private Optional<Instant> knownSince(List<AlertBook.Seen> closed) {
    List<Instant> kept =
        closed.stream()
            .map(AlertBook.Seen::alert)
            .filter(alert -> !isMerged(alert.closing()))
            .map(Alert::raisedAt)
            .toList();
    return kept.size() < Home.CLOSED_ALERTS_MAX ? book.knownSince() : Optional.of(kept.getLast());
  }

  private static boolean isMerged(@Nullable Closing closing) {
    return closing != null && closing.into() != null;
  }
}
