package io.shouwang.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.shouwang.alerts.Alert;
import io.shouwang.alerts.AlertBook;
import io.shouwang.alerts.Core;
import io.shouwang.host.Clock;
import io.shouwang.model.AlertId;
import io.shouwang.model.Directory;
import io.shouwang.model.Directory.CallerAt;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Identity;
import io.shouwang.model.ResponderId;
import io.shouwang.notify.provider.Dialer;
import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Click to call: has the exchange connect an operator's telephone with somebody. Only numbers that
 * stand in the registry around what the operator may see, unless the exchange's settings say else.
 */
final class DialRoutes {
  private static final int EXTENSION_LENGTH_MAX = 32;
  private static final int UNDER_WAY_MAX = 32;
  private static final int REMEMBERED_MAX = 10_000;

  private final AlertBook book;
  private final Supplier<Directory> directory;
  private final Supplier<List<Dialer>> dialers;
  private final Body.Pace pace;
  private final Clock clock;
  private final Semaphore underWay = new Semaphore(UNDER_WAY_MAX);

  /** What was asked under an operator's id, so that a second click is not a second call. */
  private final Map<String, Dialer.Connection> connected =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Dialer.Connection> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  DialRoutes(
      AlertBook book,
      Supplier<Directory> directory,
      Supplier<List<Dialer>> dialers,
      Body.Pace pace,
      Clock clock) {
    this.book = book;
    this.directory = directory;
    this.dialers = dialers;
    this.pace = pace;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.post("/api/v1/calls", Set.of(Who.DISPATCHER), this::dial));
  }

  /** What an operator asks for; of number, responder and elder one is there. */
  private record Order(
      String id,
      String extension,
      @Nullable AlertId alert,
      @Nullable String number,
      @Nullable ResponderId responder,
      @Nullable ElderId elder,
      @Nullable String exchange) {

    /** For the log: ids, no number. */
    String whom() {
      if (responder != null) {
        return "responder:" + responder;
      }
      return elder == null ? "number" : "elder:" + elder;
    }
  }

  private void dial(Context context, Caller caller) {
    if (!(caller instanceof Caller.OfOperator operator)) {
      throw Problem.forbidden();
    }
    Order order = read(Body.json(context, CallReader.PAYLOAD_BYTES_MAX, pace));
    Dialer dialer = dialer(order.exchange());
    Alert alert = order.alert() == null ? null : alert(order.alert(), caller);
    String number = number(order, alert, operator, dialer);
    String id = "connect." + operator.operator().id() + "." + order.id();
    Dialer.Connection connection = new Dialer.Connection(id, order.extension(), number);
    synchronized (connected) {
      Dialer.Connection before = connected.putIfAbsent(id, connection);
      if (before != null && !before.equals(connection)) {
        throw new Problem(
            409, "id-taken", "This id stands for another call", "give each call an id of its own");
      }
      if (before != null) {
        answer(context, order, "repeated", "");
        return;
      }
    }
    Verdict verdict = connect(dialer, connection);
    AlertRoutes.ACCESS.info(
        "who={} look=dial alert={} to={} extension={} exchange={} result={}",
        caller.name(),
        order.alert() == null ? "-" : order.alert(),
        order.whom(),
        order.extension(),
        dialer.name(),
        verdict instanceof Verdict.Refused(Failure failure, var _, var _) ? failure : "connecting");
    switch (verdict) {
      case Verdict.Accepted(String call) -> answer(context, order, "connecting", call);
      case Verdict.Delivered(String call) -> answer(context, order, "connecting", call);
      case Verdict.Refused(Failure failure, String detail, var _) -> {
        forget(id); // another click tries again; the exchange knows the id if it took it after all
        throw new Problem(
                502, "exchange-refused", "The exchange did not connect", detail + "; try again")
            .with("failure", failure.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private Verdict connect(Dialer dialer, Dialer.Connection connection) {
    if (!underWay.tryAcquire()) {
      forget(connection.id());
      throw Problem.busy("too many calls are being made; click again");
    }
    try {
      return dialer.connect(connection);
    } finally {
      underWay.release();
    }
  }

  private void forget(String id) {
    synchronized (connected) {
      connected.remove(id);
    }
  }

  private static void answer(Context context, Order order, String result, String call) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", order.id());
    json.put("result", result);
    if (!call.isEmpty()) {
      json.put("call", call);
    }
    JsonWriter.answer(context, 202, json);
  }

  private static Order read(byte[] body) {
    JsonNode json = CallReader.json(body);
    String id = CallReader.text(json, "id", Identity.LENGTH_MAX);
    String extension = CallReader.text(json, "extension", EXTENSION_LENGTH_MAX);
    if (id == null || !Identity.isValid(id)) {
      throw Problem.badRequest("id must be 1 to 64 of A-Z a-z 0-9 _ -, another for each call");
    }
    if (extension == null || !extension.matches("[0-9A-Za-z*#_-]+")) {
      throw Problem.badRequest(
          "extension must be your telephone's, 1 to 32 of 0-9 A-Z a-z * # _ -");
    }
    String number = CallReader.text(json, "number", CallRoutes.NUMBER_LENGTH_MAX);
    String responder = identity(json, "responder");
    String elder = identity(json, "elder");
    if (Stream.of(number, responder, elder).filter(Objects::nonNull).count() != 1) {
      throw Problem.badRequest("say whom: one of number, responder and elder");
    }
    String alert = identity(json, "alert");
    return new Order(
        id,
        extension,
        alert == null ? null : new AlertId(alert),
        number,
        responder == null ? null : new ResponderId(responder),
        elder == null ? null : new ElderId(elder),
        identity(json, "exchange"));
  }

  private static @Nullable String identity(JsonNode json, String name) {
    String text = CallReader.text(json, name, Identity.LENGTH_MAX);
    if (text != null && !Identity.isValid(text)) {
      throw Problem.badRequest(name + " must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return text;
  }

  private Dialer dialer(@Nullable String name) {
    return dialers.get().stream()
        .filter(dialer -> name == null || dialer.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Problem(
                409,
                "no-exchange",
                "No exchange is set up",
                "add a provider of type exchange to channels.yaml, or name one that is there"));
  }

  private Alert alert(AlertId id, Caller caller) {
    return book.find(id)
        .map(AlertBook.Seen::alert)
        .filter(alert -> new Sight(directory.get()).sees(caller, alert))
        .orElseThrow(() -> Problem.notFound("alert"));
  }

  /** The number to dial, if the operator may have it dialled. */
  private String number(
      Order order, @Nullable Alert alert, Caller.OfOperator operator, Dialer dialer) {
    Directory now = directory.get();
    Sight sight = new Sight(now);
    ResponderId responder = order.responder();
    ElderId elder = order.elder();
    if (responder != null) {
      boolean isTheirs = alert != null && responders(alert, now).anyMatch(responder::equals);
      Directory.Responder card = isTheirs ? now.responder(responder) : null;
      return dialable(now, card == null ? null : card.phone(), "responder of this alert");
    }
    if (elder != null) {
      Directory.Elder card = now.elder(elder);
      boolean isSeen = card != null && sight.covers(operator, card.home());
      return dialable(now, card == null || !isSeen ? null : phone(card, now), "elder");
    }
    String number = dialable(now, order.number(), "number");
    boolean isKnown =
        dialer.allowsAnyNumber()
            || (alert == null
                ? isSomebodys(number, operator, sight, now) || isCalling(number, operator, now)
                : isOf(alert, number, now));
    if (!isKnown) {
      throw new Problem(
          403,
          "number-not-known",
          "This number is nobody's here",
          "dial who stands in the registry, or set allow_any_number at the exchange");
    }
    return number;
  }

  private static String dialable(Directory now, @Nullable String text, String what) {
    String number = text == null ? "" : now.dialable(text);
    if (number.isEmpty()) {
      throw Problem.notFound(what + " with a telephone number");
    }
    return number;
  }

  private static String phone(Directory.Elder elder, Directory now) {
    Directory.Home home = now.home(elder.home());
    return elder.phone().isEmpty() && home != null ? home.phone() : elder.phone();
  }

  private Stream<ResponderId> responders(Alert alert, Directory now) {
    return Stream.concat(
        alert.asked().stream().map(asked -> asked.responder()),
        new Responders(now, clock.wall())
            .of(alert.home()).stream().map(contact -> contact.responder()));
  }

  /** Whether a number stands in the registry around an alert, or the alert is a call from it. */
  private boolean isOf(Alert alert, String number, Directory now) {
    HomeId home = alert.home();
    boolean isHomes = now.callers(number).stream().map(CallerAt::home).anyMatch(home::equals);
    return isHomes
        || CallRoutes.numberOf(alert, book).equals(Optional.of(number))
        || responders(alert, now)
            .map(now::responder)
            .filter(Objects::nonNull)
            .anyMatch(responder -> now.dialable(responder.phone()).equals(number));
  }

  private static boolean isSomebodys(
      String number, Caller.OfOperator operator, Sight sight, Directory now) {
    return now.callers(number).stream().anyMatch(at -> sight.covers(operator, at.home()));
  }

  /** Whether a call that the operator sees comes from it. */
  private boolean isCalling(String number, Caller caller, Directory now) {
    Sight sight = new Sight(now);
    return book.open().stream()
        .map(AlertBook.Seen::alert)
        .filter(alert -> alert.kind().equals(Core.CALL) && sight.sees(caller, alert))
        .anyMatch(alert -> CallRoutes.numberOf(alert, book).equals(Optional.of(number)));
  }
}
