package io.shouwang.console;

import io.javalin.http.Context;
import io.shouwang.registry.Change;
import io.shouwang.registry.Entry;
import io.shouwang.registry.EntryProblem;
import io.shouwang.registry.Office;
import io.shouwang.registry.Order;
import io.shouwang.registry.Registrar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands edits in and says what came of them: at once if it is soon, else where to ask. */
final class Orders {
  private static final long WAIT_SECONDS = 8;

  private final Office office;

  Orders(Office office) {
    this.office = office;
  }

  /** Hands an order in and answers with what came of it; 202 if that takes long. */
  void answer(Context context, Order order) {
    answer(context, submit(order));
  }

  /** Hands an order in. */
  Registrar.Ticket submit(Order order) {
    Registrar.Ticket ticket =
        office.submit(order).orElseThrow(() -> Problem.busy("too many edits wait; try again"));
    note(order);
    return ticket;
  }

  void answer(Context context, Registrar.Ticket ticket) {
    try {
      done(context, ticket.outcome().get(WAIT_SECONDS, TimeUnit.SECONDS), ticket.number());
    } catch (TimeoutException e) {
      waiting(context, ticket);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an order never fails but by its outcome", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      waiting(context, ticket);
    }
  }

  /** What came of an order that was handed in before. */
  void again(Context context, Registrar.Ticket ticket) {
    if (ticket.outcome().isDone()) {
      done(context, ticket.outcome().join(), ticket.number());
    } else {
      waiting(context, ticket);
    }
  }

  private void waiting(Context context, Registrar.Ticket ticket) {
    context.header("Location", "/api/v1/registry/edits/" + ticket.number());
    JsonWriter.answer(
        context,
        202,
        Map.of("edit", ticket.number(), "state", "waiting", "waiting", office.waiting()));
  }

  private static void done(Context context, Order.Outcome outcome, long number) {
    switch (outcome) {
      case Order.Outcome.Done(String hash, List<Change> changes) -> {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("edit", number);
        json.put("state", "in_force");
        json.put("registry", hash);
        json.put("changes", changes.stream().map(Orders::json).toList());
        JsonWriter.answer(context, 200, json);
      }
      case Order.Outcome.Refused(List<EntryProblem> problems) ->
          throw new Problem(
                  422,
                  "registry-refused",
                  "It can't be so",
                  "nothing was changed; see problems: each names its field and what to do")
              .with("problems", problems.stream().map(Orders::json).toList());
      case Order.Outcome.Outdated(Entry now) ->
          throw new Problem(
                  412,
                  "changed-meanwhile",
                  "Somebody changed it meanwhile",
                  "look at it as it is now, and change it again if it must be")
              .with("now", json(now));
      case Order.Outcome.Failed(String why) -> throw Problem.busy("nothing was changed: " + why);
    }
  }

  /** Who wanted to change what; the fields that were changed stand in the change itself. */
  private static void note(Order order) {
    for (Order.Wanted wanted : order.wanted()) {
      Entry entry = wanted.entry();
      AlertRoutes.ACCESS.info(
          "who={} look=edit_registry to={} section={} fields={} result=200",
          order.by(),
          entry.id(),
          entry.section().word(),
          entry.isAbsent() ? "taken_away" : String.join("+", entry.rows().getFirst().keySet()));
    }
  }

  static Map<String, Object> json(Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("section", entry.section().word());
    json.put("id", entry.id());
    json.put("rows", entry.rows());
    json.put("fields", entry.section().fields());
    json.put("single", entry.section().isSingle());
    json.put("key", entry.section().key());
    json.put("version", entry.version());
    return json;
  }

  /** Fields' names, not what they say. */
  static Map<String, Object> json(Change change) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", change.at().toString());
    json.put("by", change.by());
    json.put("kind", change.kind().name().toLowerCase(Locale.ROOT));
    json.put("section", change.entry().section().word());
    json.put("id", change.entry().id());
    json.put("fields", change.fields());
    json.put("version", change.entry().version());
    return json;
  }

  static Map<String, Object> json(EntryProblem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("section", problem.section().word());
    json.put("id", problem.id());
    json.put("row", problem.row());
    json.put("field", problem.field());
    json.put("what", problem.what());
    json.put("remedy", problem.remedy());
    return json;
  }
}
