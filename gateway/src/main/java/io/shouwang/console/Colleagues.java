package io.shouwang.console;

import io.shouwang.accounts.Accounts;
import io.shouwang.accounts.Person;
import io.shouwang.accounts.Seat;
import io.shouwang.accounts.Unavailable;
import io.shouwang.alerts.Alert;
import io.shouwang.host.Clock;
import io.shouwang.model.Directory;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import io.shouwang.wording.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who can take an alert over: people and operators of the registry who may dispatch in its home's
 * area, and the desks that answer for it. Any thread.
 */
final class Colleagues {
  private final Accounts accounts;
  private final Operators operators;
  private final Clock clock;

  Colleagues(Accounts accounts, Operators operators, Clock clock) {
    this.accounts = accounts;
    this.operators = operators;
    this.clock = clock;
  }

  /** How a colleague is reached. */
  enum Means {
    /** Logs in. */
    PERSON,
    /** Comes with a token. */
    OPERATOR,
    /** Is rung. */
    DESK
  }

  /**
   * One who can take it over.
   *
   * @param seated somebody sits there now
   */
  record Colleague(ResponderId id, String name, Means means, boolean seated) {}

  /** All who can take an alert over, those at a seat first, but whoever asks and has it in hand. */
  List<Colleague> of(Alert alert, Directory now, ResponderId asking) {
    Map<ResponderId, Colleague> found = new LinkedHashMap<>();
    Sight sight = new Sight(now);
    for (Person person : people()) {
      if (!person.disabled() && mayTake(sight, person.operator(), alert)) {
        boolean isSeated =
            accounts.seats().of(person).stream()
                .anyMatch(seat -> seat.standing(clock.wall()) == Seat.Standing.LIVE);
        found.put(person.id(), new Colleague(person.id(), person.name(), Means.PERSON, isSeated));
      }
    }
    for (Operator operator : operators.all()) {
      if (mayTake(sight, operator, alert)) {
        found.putIfAbsent(
            operator.id(), new Colleague(operator.id(), operator.name(), Means.OPERATOR, false));
      }
    }
    now.desks(alert.home(), clock.wall()).stream()
        .flatMap(List::stream)
        .map(Directory.Contact::responder)
        .forEach(desk ->
            found.putIfAbsent(
                desk, new Colleague(desk, Wording.person(desk, now), Means.DESK, false)));
    List<Colleague> all = new ArrayList<>(found.values());
    all.removeIf(one -> one.id().equals(asking) || alert.holdOf(one.id()).isPresent());
    all.sort(Comparator.comparing(one -> !one.seated()));
    return all;
  }

  /** Whether an operator or a person of this id may take an alert over. */
  boolean isOperator(Alert alert, Directory now, ResponderId id) {
    Sight sight = new Sight(now);
    return people().stream()
            .anyMatch(person ->
                person.id().equals(id)
                    && !person.disabled()
                    && mayTake(sight, person.operator(), alert))
        || operators.all().stream()
            .anyMatch(one -> one.id().equals(id) && mayTake(sight, one, alert));
  }

  /** How somebody is called; the id when nobody knows. Looks at no disk. */
  String name(ResponderId id, Directory now) {
    if (now.responder(id) != null) {
      return Wording.person(id, now);
    }
    Optional<String> seated = accounts.seats().seated(id).map(Person::name);
    return seated.orElseGet(() ->
        operators.all().stream()
            .filter(one -> one.id().equals(id))
            .map(Operator::name)
            .filter(name -> !name.isBlank())
            .findFirst()
            .orElse(id.value()));
  }

  private static boolean mayTake(Sight sight, Operator operator, Alert alert) {
    return operator.roles().contains(OperatorRole.DISPATCHER)
        && sight.covers(operator.area(), alert.home());
  }

  /** While the database doesn't answer, those at a seat. */
  private List<Person> people() {
    try {
      return accounts.people().all();
    } catch (Unavailable e) {
      return accounts.seats().people();
    }
  }
}
