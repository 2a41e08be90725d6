package io.shouwang.accounts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.shouwang.host.Clock;
import io.shouwang.model.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where people show who they are. A name that nobody has, a wrong password, a wrong or used code
 * and a disabled account get one answer, after the same work. Whoever fails too often waits: by
 * name, whether anybody has it or not, and by address; both before a password is hashed. Any thread
 * that may wait.
 */
public final class Entrance {
  /** Longer ones are refused unread: hashing must cost the same for all. */
  public static final int PASSWORD_LENGTH_MAX = 256;

  static final int NAME_FREE = 5;

  /** Behind one address a whole office comes on duty at once, each counted until they are in. */
  static final int ADDRESS_FREE = 60;

  private static final Duration NAME_REST_MAX = Duration.ofMinutes(15);
  private static final Duration ADDRESS_REST_MAX = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  private static final int CODE_LENGTH_MAX = 32;

  private final Database database;
  private final Hashing hashing;
  private final Seats seats;
  private final Clock clock;
  private final Counter refused;
  private final AtomicLong returns = new AtomicLong();
  private final Failures names = new Failures(NAME_FREE, NAME_REST_MAX, FORGOTTEN_AFTER);
  private final Failures addresses = new Failures(ADDRESS_FREE, ADDRESS_REST_MAX, FORGOTTEN_AFTER);

  /**
   * What a right password and code use up.
   *
   * @param lacksCode no code came with the right password though one is asked for: proves nothing
   */
  private record Proof(OptionalLong step, @Nullable String recovery, boolean lacksCode) {
    static final Proof PASSWORD_ALONE = new Proof(OptionalLong.empty(), null, false);
    static final Proof CODE_LACKING = new Proof(OptionalLong.empty(), null, true);
  }

  Entrance(Database database, Hashing hashing, Seats seats, Clock clock, MeterRegistry meters) {
    this.database = database;
    this.hashing = hashing;
    this.seats = seats;
    this.clock = clock;
    this.refused =
        Counter.builder("shouwang.people.logins.refused")
            .description("times a name, password or code was wrong, or had to wait")
            .register(meters);
  }

  /**
   * Lets somebody in, at a new seat.
   *
   * @param code of the second factor, or a recovery code; empty when there is none
   * @param replaced the seat that this browser had until now; it ends
   * @throws Refusal WRONG, RESTING, or CODE when all that lacks is a code: whoever gets so far
   *     knows the password, and a person must be told which field is empty
   * @throws Unavailable when the database doesn't answer or too many log in
   */
  public Seats.Fresh login(
      String name, String password, String code, String address, @Nullable Seat replaced) {
    Attempt attempt = new Attempt("name:" + (name.length() > 64 ? "" : name), address);
    attempt.begin();
    try {
      Optional<PersonRow> found =
          Identity.isValid(name)
              ? database.read(handle -> PersonRow.find(handle, name))
              : Optional.empty();
      Proof proof = proof(found, password, code);
      String rehashed =
          proof != null && found.isPresent() && hashing.isOutdated(found.get().password())
              ? hashing.hash(password)
              : null;
      Seats.Fresh fresh =
          database.write(handle -> enter(handle, found, proof, rehashed, address, replaced));
      if (fresh == null) {
        refused.increment();
        throw proof != null && proof.lacksCode()
            ? new Refusal(
                Refusal.Why.CODE, "send a code of your authenticator, or a recovery code, too")
            : wrong();
      }
      attempt.succeed();
      return fresh;
    } catch (Unavailable e) {
      attempt.abandon();
      throw e;
    }
  }

  private Seats.@Nullable Fresh enter(
      Handle handle,
      Optional<PersonRow> found,
      @Nullable Proof proof,
      @Nullable String rehashed,
      String address,
      @Nullable Seat replaced) {
    Instant now = clock.wall();
    PersonRow row =
        proof == null || proof.lacksCode() ? null : used(handle, found.orElseThrow(), proof);
    if (row == null || proof == null) {
      // A name nobody has may be a password in the wrong field: it isn't written down.
      Actor by =
          found
              .map(known -> Actor.of(known.person(), address))
              .orElse(new Actor("nobody", "", address));
      AuditTable.add(
          handle,
          by.entry(
              now,
              "login",
              found.map(PersonRow::id).orElse(""),
              "refused",
              proof != null && proof.lacksCode() ? "right password, no code" : ""));
      return null;
    }
    if (rehashed != null) {
      PersonRow.setPassword(handle, row.id(), rehashed, row.person().mustChange());
    }
    List<Seat> surplus = seats.surplus(row.person());
    seats.delete(handle, surplus);
    if (replaced != null) {
      seats.delete(handle, List.of(replaced));
    }
    Seats.Fresh fresh = seats.make(handle, row.person(), address, false);
    AuditTable.add(
        handle,
        Actor.of(row.person(), address)
            .entry(
                now, "login", row.id(), "done", proof.recovery() == null ? "" : "recovery code"));
    handle.afterCommit(() -> {
      seats.forget(surplus);
      if (replaced != null) {
        seats.forget(List.of(replaced));
      }
      seats.admit(fresh);
    });
    return fresh;
  }

  /**
   * Unlocks a seat in place: its cookie, and the live feed it hears, stay.
   *
   * @throws Refusal WRONG, or RESTING
   */
  public void reauthenticate(Seat seat, String password, String code, Actor by) {
    // By seat and not by name: who guesses at the name elsewhere must not keep this seat locked.
    confirm(
        seat,
        password,
        code,
        by,
        "reauthenticate",
        (handle, now) -> {
          seats.prove(handle, seat, now);
          handle.afterCommit(() -> seats.proved(seat, now));
        });
  }

  /** What is done once somebody has shown again that they are who they are. */
  interface Confirmed {
    void then(Handle handle, Instant now);
  }

  /** Has somebody who sits at a seat show their password and code again, then does a thing. */
  void confirm(
      Seat seat, String password, String code, Actor by, String what, Confirmed confirmed) {
    String id = seat.person().id().value();
    Attempt attempt = atSeat(seat);
    attempt.begin();
    try {
      Optional<PersonRow> found = database.read(handle -> PersonRow.find(handle, id));
      Proof proof = proof(found, password, code);
      boolean done =
          database.write(handle -> {
            Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
            boolean isThey =
                proof != null
                    && !proof.lacksCode()
                    && used(handle, found.orElseThrow(), proof) != null;
            if (isThey) {
              confirmed.then(handle, now);
            }
            AuditTable.add(handle, by.entry(now, what, id, isThey ? "done" : "refused", ""));
            return isThey;
          });
      if (!done) {
        refused.increment();
        throw wrong();
      }
      attempt.succeed();
    } catch (Unavailable | Refusal e) {
      if (!(e instanceof Refusal refusal) || refusal.why() != Refusal.Why.WRONG) {
        attempt.abandon();
      }
      throw e;
    }
  }

  /** Null unless all is right; hashes once in any case. */
  private @Nullable Proof proof(Optional<PersonRow> found, String password, String code) {
    boolean isReadable =
        password.length() <= PASSWORD_LENGTH_MAX && code.length() <= CODE_LENGTH_MAX;
    boolean isPassword =
        hashing.matches(
            found.map(PersonRow::password).orElse(hashing.nobody()), isReadable ? password : "");
    if (!isPassword || !isReadable || found.isEmpty() || found.get().person().disabled()) {
      return null;
    }
    String secret = found.get().totp();
    if (secret == null) {
      return Proof.PASSWORD_ALONE;
    }
    if (code.isBlank()) {
      return Proof.CODE_LACKING;
    }
    OptionalLong step = Totp.stepOf(secret, code.replace(" ", ""), clock.wall());
    return step.isPresent()
        ? new Proof(step, null, false)
        : new Proof(OptionalLong.empty(), Digest.hex(recovery(code)), false);
  }

  /** A recovery code however it is typed. */
  static String recovery(String code) {
    return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }

  /** Uses up what can be used once; null if it was, or if the account changed meanwhile. */
  private static @Nullable PersonRow used(Handle handle, PersonRow before, Proof proof) {
    PersonRow now = PersonRow.find(handle, before.id()).orElse(null);
    if (now == null || now.person().disabled() || !now.password().equals(before.password())) {
      return null;
    }
    if (now.totp() == null) {
      return now;
    }
    if (!now.totp().equals(before.totp())) {
      return null;
    }
    boolean isUsed =
        proof.step().isPresent()
            ? PersonRow.useStep(handle, now.id(), proof.step().getAsLong())
            : proof.recovery() != null
                && PersonRow.useRecoveryCode(handle, now.id(), proof.recovery());
    return isUsed ? now : null;
  }

  private static Refusal wrong() {
    return new Refusal(
        Refusal.Why.WRONG, "the name, the password or the code is wrong; which isn't said");
  }

  /**
   * Counts somebody who comes back from a provider: by address alone, which thousands may share.
   */
  Attempt atReturn(String address) {
    return new Attempt("return:" + returns.incrementAndGet(), address);
  }

  /** Counts an attempt at the set-up token. */
  Attempt atSetup(String address) {
    return new Attempt("setup", address);
  }

  /**
   * Counts an attempt of whoever sits at a seat. By the seat alone: who guesses behind the same
   * address must not keep an office's seats locked while an alarm rings there.
   */
  Attempt atSeat(Seat seat) {
    return new Attempt("seat:" + seat.hash(), null);
  }

  /** One try, counted as failed from its beginning on. */
  final class Attempt {
    private final String key;
    private final @Nullable String network;

    private Attempt(String key, @Nullable String address) {
      this.key = key;
      this.network = address == null ? null : Network.of(address);
    }

    /** Refuses whoever must rest, or counts the attempt. */
    void begin() {
      long now = clock.nanos();
      Duration rest = names.rest(key, now);
      Duration restOfAddress = network == null ? Duration.ZERO : addresses.rest(network, now);
      Duration longer = rest.compareTo(restOfAddress) > 0 ? rest : restOfAddress;
      if (longer.isPositive()) {
        refused.increment();
        throw new Refusal(
            Refusal.Why.RESTING,
            "too many attempts failed; wait " + (longer.toSeconds() + 1) + " seconds",
            longer);
      }
      names.begin(key, now);
      if (network != null) {
        addresses.begin(network, now);
      }
    }

    void succeed() {
      names.forget(key);
      takeBackOfAddress();
    }

    void abandon() {
      names.takeBack(key);
      takeBackOfAddress();
    }

    private void takeBackOfAddress() {
      if (network != null) {
        addresses.takeBack(network);
      }
    }
  }
}
