package io.shouwang.accounts;

import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whom somebody else vouches for: a provider of single sign-on. Each name at the provider
 * is tied to one account at its first sign-on, and the account to that name: a login name that is
 * given to another person there opens nothing here. Any thread that may wait; throws {@link
 * Unavailable}.
 */
public final class Vouching {
  private final Database database;
  private final Hashing hashing;
  private final Seats seats;
  private final Entrance entrance;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Whom a provider vouches for.
   *
   * @param subject the provider's own name for them, which never changes
   * @param id the login name that the provider says; counts at the first sign-on only
   * @param name how they are called; the login name if empty
   * @param roles what the provider says they may do; null if that is said here alone
   * @param area null if that is said here alone
   * @param mayBeMade whether an account is made for whoever has none
   * @param mayAdminister whether administrators get in at all
   */
  public record Voucher(
      String issuer,
      String subject,
      ResponderId id,
      String name,
      @Nullable Set<OperatorRole> roles,
      @Nullable AreaId area,
      boolean mayBeMade,
      boolean mayAdminister) {
    @Override
    public String toString() {
      return "Voucher[]";
    }
  }

  Vouching(
      Database database,
      Hashing hashing,
      Seats seats,
      Entrance entrance,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.hashing = hashing;
    this.seats = seats;
    this.entrance = entrance;
    this.clock = clock;
    this.random = random;
  }

  /** The account that is tied to a provider's name; empty for none yet. */
  public Optional<ResponderId> tied(String issuer, String subject) {
    return database.read(handle -> tied(handle, issuer, subject)).map(ResponderId::new);
  }

  /**
   * Lets somebody in, at a new seat.
   *
   * @param replaced the {@link Seat#hash} that this browser had until now, which ends; empty for
   *     none
   * @throws Refusal NO_ACCOUNT, RESTING, LAST
   */
  public Seats.Fresh enter(Voucher voucher, String address, String replaced) {
    return counted(
        address,
        () -> {
          // Nobody knows it: whoever signs on has no password here until one is given out.
          String hash = hashing.hash(PasswordRules.first(random));
          Entered entered =
              database.write(handle -> {
                Found found = found(handle, voucher);
                if (found.why() != null || found.person() == null) {
                  note(handle, found, "login", address, String.valueOf(found.why()));
                  return new Entered(null, found.why());
                }
                Person person =
                    found.isNew()
                        ? made(handle, found.person(), hash, address)
                        : brought(handle, found.person(), voucher, address);
                tie(handle, voucher, person);
                List<Seat> ended = new ArrayList<>(seats.surplus(person));
                seats.byHash(replaced).filter(seat -> !ended.contains(seat)).ifPresent(ended::add);
                seats.delete(handle, ended);
                Seats.Fresh fresh = seats.make(handle, person, address, true);
                note(handle, new Found(person, null, false), "login", address, "single sign-on");
                handle.afterCommit(() -> {
                  seats.forget(ended);
                  seats.admit(fresh);
                });
                return new Entered(fresh, null);
              });
          if (entered.fresh() == null) {
            throw noAccount();
          }
          return entered.fresh();
        });
  }

  private record Entered(Seats.@Nullable Fresh fresh, @Nullable String why) {}

  /**
   * Unlocks a seat in place: whoever sits there signed on anew.
   *
   * @throws Refusal NO_ACCOUNT when it is somebody else, or the seat is gone; RESTING
   */
  public void prove(Voucher voucher, String seatHash, String address) {
    boolean isProved =
        counted(
            address,
            () ->
                database.write(handle -> {
                  Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
                  Found found = found(handle, voucher);
                  Seat seat = seats.byHash(seatHash).orElse(null);
                  Person person = found.person();
                  boolean isThey = false;
                  if (found.why() == null && !found.isNew() && person != null && seat != null) {
                    isThey = seat.person().id().equals(person.id());
                    if (isThey) {
                      tie(handle, voucher, person);
                      seats.prove(handle, seat, now);
                      handle.afterCommit(() -> seats.proved(seat, now));
                    }
                  }
                  note(
                      handle,
                      isThey ? found : new Found(found.person(), "another seat's", false),
                      "reauthenticate",
                      address,
                      "single sign-on");
                  return isThey;
                }));
    if (!isProved) {
      throw noAccount();
    }
  }

  /** Records that somebody came back whom nobody vouches for. */
  public void refused(String address, String why) {
    boolean _ =
        database.writeLater(() -> {
          boolean _ =
              database.inTransaction(handle -> {
                note(handle, new Found(null, why, false), "login", address, why);
                return true;
              });
        });
  }

  private interface Work<T> {
    T run();
  }

  private <T> T counted(String address, Work<T> work) {
    Entrance.Attempt attempt = entrance.atReturn(address);
    attempt.begin();
    try {
      T result = work.run();
      attempt.succeed();
      return result;
    } catch (Unavailable e) {
      attempt.abandon();
      throw e;
    } // a refusal stays counted
  }

  /**
   * Who it is here.
   *
   * @param why null if they may come in
   */
  private record Found(@Nullable Person person, @Nullable String why, boolean isNew) {}

  private Found found(Handle handle, Voucher voucher) {
    Optional<String> tied = tied(handle, voucher.issuer(), voucher.subject());
    Person person =
        PersonRow.find(handle, tied.orElse(voucher.id().value()))
            .map(PersonRow::person)
            .orElse(null);
    if (person == null) {
      return wanted(voucher);
    }
    if (tied.isEmpty() && isTied(handle, voucher.issuer(), person)) {
      return new Found(person, "the account is another subject's", false);
    }
    if (person.disabled()) {
      return new Found(person, "the account is disabled", false);
    }
    if (voucher.roles() != null && voucher.roles().isEmpty()) {
      return new Found(person, "the provider gives no role", false);
    }
    Set<OperatorRole> roles = voucher.roles() == null ? person.roles() : voucher.roles();
    boolean isAdministrator =
        roles.contains(OperatorRole.ADMINISTRATOR)
            || person.roles().contains(OperatorRole.ADMINISTRATOR);
    return isAdministrator && !voucher.mayAdminister()
        ? new Found(person, "administrators log in by password", false)
        : new Found(person, null, false);
  }

  private Found wanted(Voucher voucher) {
    if (!voucher.mayBeMade()) {
      return new Found(null, "no account", false);
    }
    Set<OperatorRole> roles = voucher.roles();
    AreaId area = voucher.area();
    if (roles == null || roles.isEmpty() || area == null) {
      return new Found(null, "no account, and no role and area for one", false);
    }
    if (roles.contains(OperatorRole.ADMINISTRATOR) && !voucher.mayAdminister()) {
      return new Found(null, "administrators log in by password", false);
    }
    return new Found(
        new Person(
            voucher.id(),
            name(voucher),
            roles,
            area,
            "zh",
            false,
            false,
            false,
            Instant.ofEpochMilli(clock.wall().toEpochMilli()),
            null),
        null,
        true);
  }

  private static String name(Voucher voucher) {
    return voucher.name().isEmpty() ? voucher.id().value() : voucher.name();
  }

  private Person made(Handle handle, Person person, String hash, String address) {
    People.insert(handle, person, hash);
    AuditTable.add(
        handle,
        Actor.of(person, address)
            .entry(
                clock.wall(),
                "make_user",
                person.id().value(),
                "done",
                "single sign-on " + People.describe(person)));
    return person;
  }

  /** Has an account say what the provider says of it. Other rights end its other seats. */
  private Person brought(Handle handle, Person before, Voucher voucher, String address) {
    Person after =
        new Person(
            before.id(),
            before.name(),
            voucher.roles() == null ? before.roles() : voucher.roles(),
            voucher.area() == null ? before.area() : voucher.area(),
            before.language(),
            before.disabled(),
            before.mustChange(),
            before.secondFactor(),
            before.made(),
            before.responder());
    if (after.equals(before)) {
      return before;
    }
    if (People.isAdministrator(before)
        && !People.isAdministrator(after)
        && PersonRow.administratorsBeside(handle, before.id().value()) == 0) {
      throw new Refusal(
          Refusal.Why.LAST, "nobody would be left to administer; make somebody first");
    }
    PersonRow.update(handle, after, clock.wall());
    List<Seat> ended = seats.of(before);
    seats.delete(handle, ended);
    AuditTable.add(
        handle,
        Actor.of(before, address)
            .entry(
                clock.wall(),
                "change_user",
                before.id().value(),
                "done",
                "single sign-on " + People.describe(after)));
    handle.afterCommit(() -> seats.forget(ended));
    return after;
  }

  private void tie(Handle handle, Voucher voucher, Person person) {
    if (tied(handle, voucher.issuer(), voucher.subject()).isPresent()) {
      return;
    }
    handle
        .createUpdate(
            "INSERT INTO sign_on (issuer, subject, person, at_ms)"
                + " VALUES (:issuer, :subject, :person, :at)")
        .bind("issuer", voucher.issuer())
        .bind("subject", voucher.subject())
        .bind("person", person.id().value())
        .bind("at", clock.wall().toEpochMilli())
        .execute();
  }

  private static Optional<String> tied(Handle handle, String issuer, String subject) {
    return handle
        .createQuery("SELECT person FROM sign_on WHERE issuer = :issuer AND subject = :subject")
        .bind("issuer", issuer)
        .bind("subject", subject)
        .mapTo(String.class)
        .findOne();
  }

  private static boolean isTied(Handle handle, String issuer, Person person) {
    return handle
            .createQuery("SELECT COUNT(*) FROM sign_on WHERE issuer = :issuer AND person = :person")
            .bind("issuer", issuer)
            .bind("person", person.id().value())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** A login name that nobody has here isn't written down. */
  private void note(Handle handle, Found found, String what, String address, String note) {
    Person person = found.person();
    boolean isKnown = person != null && !found.isNew();
    Actor by =
        person != null && isKnown ? Actor.of(person, address) : new Actor("nobody", "", address);
    AuditTable.add(
        handle,
        by.entry(
            clock.wall(),
            what,
            person != null && isKnown ? person.id().value() : "",
            found.why() == null ? "done" : "refused",
            note));
  }

  private static Refusal noAccount() {
    return new Refusal(
        Refusal.Why.NO_ACCOUNT, "you have no account here that may be used; ask an administrator");
  }

  /** Unties an account from the provider: the next who signs on under its name gets it. */
  static void untie(Handle handle, String person) {
    handle
        .createUpdate("DELETE FROM sign_on WHERE person = :person")
        .bind("person", person)
        .execute();
  }
}
