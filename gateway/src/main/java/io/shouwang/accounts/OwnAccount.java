package io.shouwang.accounts;

import io.shouwang.host.Clock;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bouncycastle.util.encoders.Base32;

/**
 * What somebody changes of their own account, each time with their password. Any thread that may
 * wait; throws {@link Unavailable}.
 */
public final class OwnAccount {
  static final int RECOVERY_CODES = 10;
  private static final int RECOVERY_BYTES = 10;

  private final Database database;
  private final Hashing hashing;
  private final Seats seats;
  private final Entrance entrance;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * A second factor begun.
   *
   * @param secret in Base32, for typing
   * @param uri for a QR code
   */
  public record SecondFactor(String secret, String uri) {
    @Override
    public String toString() {
      return "SecondFactor[]";
    }
  }

  OwnAccount(
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

  /**
   * Sets another password; ends all other seats of this person.
   *
   * @throws Refusal WRONG, RESTING, WEAK
   */
  public void changePassword(Seat seat, String password, String code, String next, Actor by) {
    String id = seat.person().id().value();
    PasswordRules.check(next, id);
    if (next.equals(password)) {
      throw new Refusal(Refusal.Why.WEAK, "the new password is the old one");
    }
    String hash = hashing.hash(next);
    entrance.confirm(
        seat,
        password,
        code,
        by,
        "change_password",
        (handle, now) -> {
          PersonRow.setPassword(handle, id, hash, false);
          List<Seat> others =
              seats.of(seat.person()).stream()
                  .filter(other -> !other.hash().equals(seat.hash()))
                  .toList();
          seats.delete(handle, others);
          seats.prove(handle, seat, now);
          Person changed = PersonRow.find(handle, id).orElseThrow().person();
          handle.afterCommit(() -> {
            seats.forget(others);
            seats.rename(changed, _ -> true);
            seats.proved(seat, now);
          });
        });
  }

  /**
   * Begins a second factor; it counts once a code of it was {@linkplain #confirmSecondFactor
   * shown}. With one in force its code is asked for too.
   *
   * @throws Refusal WRONG, RESTING
   */
  public SecondFactor beginSecondFactor(Seat seat, String password, String code, Actor by) {
    String id = seat.person().id().value();
    String secret = Totp.newSecret(random);
    entrance.confirm(
        seat,
        password,
        code,
        by,
        "begin_second_factor",
        (handle, now) -> PersonRow.setPendingTotp(handle, id, secret));
    return new SecondFactor(secret, Totp.uri(id, secret));
  }

  /**
   * The authenticator works; from now on a code is asked for.
   *
   * @return recovery codes, each good once; said this once
   * @throws Refusal WRONG, NOT_BEGUN, RESTING
   */
  public List<String> confirmSecondFactor(Seat seat, String code, Actor by) {
    String id = seat.person().id().value();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < RECOVERY_CODES; i++) {
      byte[] bytes = new byte[RECOVERY_BYTES];
      random.nextBytes(bytes);
      codes.add(grouped(Base32.toBase32String(bytes)));
    }
    Entrance.Attempt attempt = entrance.atSeat(seat);
    attempt.begin();
    database.write(handle -> {
      String pending = PersonRow.find(handle, id).map(PersonRow::totpPending).orElse(null);
      if (pending == null) {
        throw new Refusal(Refusal.Why.NOT_BEGUN, "begin a second factor first");
      }
      OptionalLong step = Totp.stepOf(pending, code.replace(" ", ""), clock.wall());
      if (step.isEmpty()) {
        throw new Refusal(Refusal.Why.WRONG, "that is no code of this secret now; try the next");
      }
      PersonRow.confirmTotp(handle, id, step.getAsLong());
      PersonRow.setRecoveryCodes(
          handle, id, codes.stream().map(Entrance::recovery).map(Digest::hex).toList());
      Person changed = PersonRow.find(handle, id).orElseThrow().person();
      AuditTable.add(handle, by.entry(clock.wall(), "second_factor", id, "done", ""));
      handle.afterCommit(() -> seats.rename(changed, _ -> true));
      return true;
    });
    attempt.succeed();
    return List.copyOf(codes);
  }

  /**
   * Asks for no code any more.
   *
   * @throws Refusal WRONG, RESTING
   */
  public void removeSecondFactor(Seat seat, String password, String code, Actor by) {
    String id = seat.person().id().value();
    entrance.confirm(
        seat,
        password,
        code,
        by,
        "remove_second_factor",
        (handle, now) -> {
          PersonRow.removeTotp(handle, id);
          Person changed = PersonRow.find(handle, id).orElseThrow().person();
          handle.afterCommit(() -> seats.rename(changed, _ -> true));
        });
  }

  private static String grouped(String code) {
    return code.replaceAll("(.{4})(?=.)", "$1-");
  }
}
