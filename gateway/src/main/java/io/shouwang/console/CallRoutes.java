package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.CareBook;
import io.shouwang.alerts.Core;
import io.shouwang.alerts.Entry;
import io.shouwang.alerts.Fact;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.CallerAt;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input.CallPhase;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.rules.ProtectionBook;
import io.shouwang.wording.Masks;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Calls to the hotline: which are open, and the card of whoever calls. */
final class CallRoutes {
  static final Set<Who> VIEWERS = Set.of(Who.DISPATCHER, Who.SUPERVISOR);
  static final int NUMBER_LENGTH_MAX = 32;

  private final AlertBook book;
  private final CareBook care;
  private final ProtectionBook protection;
  private final Supplier<Directory> directory;
  private final Supplier<List<Dialer>> dialers;
  private final Clock clock;
  private final ZoneId zone;

  CallRoutes(
      AlertBook book,
      CareBook care,
      ProtectionBook protection,
      Supplier<Directory> directory,
      Supplier<List<Dialer>> dialers,
      Clock clock,
      ZoneId zone) {
    this.book = book;
    this.care = care;
    this.protection = protection;
    this.directory = directory;
    this.dialers = dialers;
    this.clock = clock;
    this.zone = zone;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/calls", VIEWERS, this::list),
        Route.get("/api/v1/callers/{number}", VIEWERS, this::card));
  }

  /** The calls a caller of ours may see, the latest first. */
  private List<Alert> calls(Caller caller, Directory now) {
    Sight sight = new Sight(now);
    return book.open().stream()
        .map(AlertBook.Seen::alert)
        .filter(alert -> alert.kind().equals(Core.CALL) && sight.sees(caller, alert))
        .sorted(Comparator.comparing(Alert::raisedAt).reversed())
        .toList();
  }

  private void list(Context context, Caller caller) {
    Directory now = directory.get();
    List<Alert> calls = calls(caller, now);
    AlertRoutes.ACCESS.info(
        "who={} look=calls alerts={} result=200",
        caller.name(),
        String.join(",", calls.stream().map(alert -> alert.id().value()).toList()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("calls", calls.stream().map(alert -> call(alert, now, caller)).toList());
    json.put("exchanges", dialers.get().stream().map(Dialer::name).toList());
    json.put("as_of", clock.wall().toString());
    JsonWriter.answer(context, 200, json);
  }

  private Map<String, Object> call(Alert alert, Directory now, Caller caller) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("alert", alert.id().value());
    json.put("state", state(alert));
    json.put("since", alert.raisedAt().toString());
    numberOf(alert, book)
        .ifPresent(
            number -> json.put("number", Veil.isLifted(caller) ? number : Masks.phone(number)));
    Sight sight = new Sight(now);
    List<HomeId> homes =
        alert.timeline().stream()
            .map(Entry::fact)
            .filter(Fact.CallRang.class::isInstance)
            .flatMap(fact -> ((Fact.CallRang) fact).homes().stream())
            .distinct()
            .filter(home -> isSeen(caller, sight, home))
            .toList();
    json.put("homes", homes.stream().map(HomeId::value).toList());
    return json;
  }

  private static boolean isSeen(Caller caller, Sight sight, HomeId home) {
    return caller instanceof Caller.OfOperator operator && sight.covers(operator, home);
  }

  /** Whether it still rings at the operators', somebody of the desk has it, or nobody took it. */
  private static String state(Alert alert) {
    if (alert.isHeld()) {
      return "accepted";
    }
    boolean isMissed =
        alert.timeline().stream()
            .anyMatch(entry ->
                entry.fact() instanceof Fact.CallWent went && went.phase() == CallPhase.MISSED);
    return isMissed ? "missed" : "ringing";
  }

  /** The number that an open call came from; empty when withheld. */
  static Optional<String> numberOf(Alert alert, AlertBook book) {
    return alert.timeline().stream()
        .filter(entry -> entry.fact() instanceof Fact.CallRang rang && rang.withNote())
        .findFirst()
        .flatMap(entry -> book.note(alert.id(), entry.stamp().number()));
  }

  private void card(Context context, Caller caller) {
    String asked = context.pathParam("number");
    Directory now = directory.get();
    String number = asked.length() > NUMBER_LENGTH_MAX ? "" : now.dialable(asked);
    Sight sight = new Sight(now);
    List<HomeId> homes =
        now.callers(number).stream()
            .map(CallerAt::home)
            .distinct()
            .filter(home -> isSeen(caller, sight, home))
            .toList();
    AlertRoutes.ACCESS.info(
        "who={} look=caller homes={} result=200",
        caller.name(),
        String.join(",", homes.stream().map(HomeId::value).toList()));
    CallerCard card =
        new CallerCard(now, book, care, protection, Language.of(context), clock.wall(), zone);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", number);
    json.put("homes", homes.stream().map(card::of).toList());
    json.put(
        "calls",
        calls(caller, now).stream()
            .filter(alert -> !number.isEmpty() && numberOf(alert, book).equals(Optional.of(number)))
            .map(alert -> call(alert, now, caller))
            .toList());
    json.put("as_of", clock.wall().toString());
    JsonWriter.answer(context, 200, json);
  }
}
