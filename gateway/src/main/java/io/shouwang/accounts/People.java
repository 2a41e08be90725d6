package io.shouwang.accounts;

import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts themselves. Who may change whose is the caller's to check; each change and its place
 * in the record are one transaction. Any thread that may wait; throws {@link Unavailable}.
 */
public final class People {
  public static final int NAME_LENGTH_MAX = 100;
  static final int COUNT_MAX = 50_000;
  private static final Logger LOG = LoggerFactory.getLogger(People.class);

  private final Database database;
  private final Hashing hashing;
  private final Seats seats;
  private final Entrance entrance;
  private final SetupToken token;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * What is to be changed of a person; null for what stays.
   *
   * @param resetPassword give out a new first password
   * @param resetSecondFactor ask for no code any more
   * @param resetSignOn whoever signs on next under the login name is the one whose account it is
   * @param link whom they speak for
   */
  public record Change(
      @Nullable String name,
      @Nullable Set<OperatorRole> roles,
      @Nullable AreaId area,
      @Nullable String language,
      @Nullable Boolean disabled,
      boolean resetPassword,
      boolean resetSecondFactor,
      boolean resetSignOn,
      @Nullable Link link) {

    /** Without a word of single sign-on; they go on speaking for whom they do. */
    public Change(
        @Nullable String name,
        @Nullable Set<OperatorRole> roles,
        @Nullable AreaId area,
        @Nullable String language,
        @Nullable Boolean disabled,
        boolean resetPassword,
        boolean resetSecondFactor) {
      this(name, roles, area, language, disabled, resetPassword, resetSecondFactor, false, null);
    }
  }

  /** Whom of the registry somebody speaks for; null for nobody. */
  public record Link(@Nullable ResponderId responder) {}

  /**
   * A person, and the first password if one was given out.
   *
   * @param password said this once; null when none was made
   */
  public record Made(Person person, @Nullable String password) {
    @Override
    public String toString() {
      return "Made[" + person.id() + "]";
    }
  }

  People(
      Database database,
      Hashing hashing,
      Seats seats,
      Entrance entrance,
      SetupToken token,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.hashing = hashing;
    this.seats = seats;
    this.entrance = entrance;
    this.token = token;
    this.clock = clock;
    this.random = random;
  }

  /** Everybody, by login name. */
  public List<Person> all() {
    return database.read(PersonRow::all);
  }

  public Optional<Person> find(String id) {
    return database.read(handle -> PersonRow.find(handle, id).map(PersonRow::person));
  }

  /**
   * Makes an administrator with the one-time token, which is gone then.
   *
   * @throws Refusal WRONG for another token, RESTING, WEAK, TAKEN
   */
  public Person setUp(
      String given,
      ResponderId id,
      String name,
      String password,
      AreaId area,
      String language,
      String address) {
    Entrance.Attempt attempt = entrance.atSetup(address);
    attempt.begin();
    if (!isToken(given)) {
      throw new Refusal(Refusal.Why.WRONG, "that is not the token in the file " + SetupToken.NAME);
    }
    attempt.succeed();
    PasswordRules.check(password, id.value());
    String hash = hashing.hash(password);
    Person person =
        person(id, name, Set.of(OperatorRole.ADMINISTRATOR), area, language, false, null);
    database.write(handle -> {
      // Again: on this thread one comes after the other, and the first has used it up.
      if (!isToken(given)) {
        throw new Refusal(Refusal.Why.WRONG, "the token was used already");
      }
      insert(handle, person, hash);
      AuditTable.add(
          handle, Actor.of(person, address).entry(clock.wall(), "setup", id.value(), "done", ""));
      try {
        token.delete(); // before the commit: better none left than one that makes two
      } catch (IOException e) {
        LOG.error("the set-up token can't be deleted", e);
        throw new Unavailable("the set-up token can't be deleted; see the log");
      }
      return true;
    });
    return person;
  }

  /** Whether there is a one-time token that makes an administrator. */
  public boolean isSetupOpen() {
    try {
      return token.exists();
    } catch (IOException e) {
      LOG.error("the set-up token can't be looked for", e);
      throw new Unavailable("the set-up token can't be looked for; see the log");
    }
  }

  /** Whether nobody has an account. */
  public boolean isEmpty() {
    return database.read(PersonRow::isEmpty);
  }

  private boolean isToken(String given) {
    try {
      return token.matches(given);
    } catch (IOException e) {
      LOG.error("the set-up token can't be read", e);
      throw new Unavailable("the set-up token can't be read; see the log");
    }
  }

  /**
   * Makes a person who speaks for nobody, with a first password.
   *
   * @throws Refusal TAKEN, TOO_MANY
   */
  public Made make(
      ResponderId id,
      String name,
      Set<OperatorRole> roles,
      AreaId area,
      String language,
      Actor by) {
    return make(id, name, roles, area, language, null, by);
  }

  /**
   * Makes a person with a first password.
   *
   * @param responder whom of the registry they speak for; null for nobody
   * @throws Refusal TAKEN, TOO_MANY
   */
  public Made make(
      ResponderId id,
      String name,
      Set<OperatorRole> roles,
      AreaId area,
      String language,
      @Nullable ResponderId responder,
      Actor by) {
    String password = PasswordRules.first(random);
    String hash = hashing.hash(password);
    Person person = person(id, name, roles, area, language, true, responder);
    database.write(handle -> {
      insert(handle, person, hash);
      AuditTable.add(
          handle, by.entry(clock.wall(), "make_user", id.value(), "done", describe(person)));
      return true;
    });
    return new Made(person, password);
  }

  private Person person(
      ResponderId id,
      String name,
      Set<OperatorRole> roles,
      AreaId area,
      String language,
      boolean mustChange,
      @Nullable ResponderId responder) {
    Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
    return new Person(id, name, roles, area, language, false, mustChange, false, now, responder);
  }

  static void insert(Handle handle, Person person, String hash) {
    if (PersonRow.find(handle, person.id().value()).isPresent()) {
      throw new Refusal(Refusal.Why.TAKEN, "somebody has this login name; choose another");
    }
    requireAlone(handle, person);
    if (PersonRow.count(handle) >= COUNT_MAX) {
      throw new Refusal(Refusal.Why.TOO_MANY, "there are " + COUNT_MAX + " accounts already");
    }
    PersonRow.insert(handle, person, hash);
  }

  /** What one responder says must be one person's word. */
  private static void requireAlone(Handle handle, Person person) {
    ResponderId responder = person.responder();
    boolean isTaken =
        PersonRow.isSpokenFor(handle, person.id(), person.id().value())
            || (responder != null && PersonRow.isSpokenFor(handle, responder, person.id().value()));
    if (isTaken) {
      throw new Refusal(
          Refusal.Why.TAKEN, "another account speaks for this responder; unlink that one first");
    }
  }

  /**
   * Changes a person. Another role, area or password, or being disabled, ends their seats.
   *
   * @param expected the person as the caller saw and judged them
   * @throws Refusal UNKNOWN when they are gone or changed meanwhile, LAST when nobody would be left
   *     to administer
   */
  public Made change(Person expected, Change change, Actor by) {
    String password = change.resetPassword() ? PasswordRules.first(random) : null;
    String hash = password == null ? null : hashing.hash(password);
    String id = expected.id().value();
    Person changed =
        database.write(handle -> {
          Person before = PersonRow.find(handle, id).map(PersonRow::person).orElse(null);
          if (before == null || !before.equals(expected)) {
            throw new Refusal(Refusal.Why.UNKNOWN, "the account changed meanwhile; look again");
          }
          Person after = after(before, change);
          boolean administered = isAdministrator(before) && !isAdministrator(after);
          if (administered && PersonRow.administratorsBeside(handle, id) == 0) {
            throw new Refusal(
                Refusal.Why.LAST, "nobody would be left to administer; make somebody first");
          }
          if (change.link() != null) {
            requireAlone(handle, after);
          }
          PersonRow.update(handle, after, clock.wall());
          if (hash != null) {
            PersonRow.setPassword(handle, id, hash, true);
          }
          if (change.resetSecondFactor()) {
            PersonRow.removeTotp(handle, id);
          }
          if (change.resetSignOn()) {
            Vouching.untie(handle, id);
          }
          boolean isOut =
              hash != null
                  || change.resetSignOn()
                  || change.resetSecondFactor()
                  || after.disabled()
                  || !after.roles().equals(before.roles())
                  || !after.area().equals(before.area());
          List<Seat> ended = isOut ? seats.of(before) : List.of();
          seats.delete(handle, ended);
          AuditTable.add(
              handle,
              by.entry(
                  clock.wall(),
                  "change_user",
                  id,
                  "done",
                  describe(after)
                      + (hash == null ? "" : " new_password")
                      + (change.resetSecondFactor() ? " no_second_factor" : "")
                      + (change.resetSignOn() ? " no_sign_on" : "")));
          handle.afterCommit(() -> {
            seats.forget(ended);
            seats.rename(after, _ -> !isOut);
          });
          return after;
        });
    return new Made(changed, password);
  }

  private static Person after(Person before, Change change) {
    return new Person(
        before.id(),
        change.name() == null ? before.name() : change.name(),
        change.roles() == null ? before.roles() : change.roles(),
        change.area() == null ? before.area() : change.area(),
        change.language() == null ? before.language() : change.language(),
        change.disabled() == null ? before.disabled() : change.disabled(),
        before.mustChange() || change.resetPassword(),
        before.secondFactor() && !change.resetSecondFactor(),
        before.made(),
        change.link() == null ? before.responder() : change.link().responder());
  }

  static boolean isAdministrator(Person person) {
    return !person.disabled() && person.roles().contains(OperatorRole.ADMINISTRATOR);
  }

  /** For the record: ids and words, no names. */
  static String describe(Person person) {
    return "roles="
        + new TreeSet<>(person.roles())
        + " area="
        + person.area()
        + (person.responder() == null ? "" : " responder=" + person.responder())
        + (person.disabled() ? " disabled" : "");
  }
}
