package io.shouwang.console;

import io.shouwang.accounts.Glass;
import io.shouwang.accounts.Seat;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who speaks, once checked. */
sealed interface Caller {

  /** Its name in the access log. */
  String name();

  /** Somebody on a route that asks for no name. */
  record Nobody() implements Caller {
    @Override
    public String name() {
      return "nobody";
    }
  }

  /** A device, by its secret. */
  record OfDevice(DeviceId id) implements Caller {
    @Override
    public String name() {
      return "device:" + id;
    }
  }

  /** A responder, by their secret. */
  record OfResponder(ResponderId id) implements Caller {
    @Override
    public String name() {
      return "responder:" + id;
    }
  }

  /**
   * An operator.
   *
   * @param seat where they are logged in; null for a token
   * @param locked the seat's password must be entered again
   * @param broken what is open to them outside their area
   */
  record OfOperator(
      Operator operator, @Nullable Seat seat, boolean locked, List<Glass.Broken> broken)
      implements Caller {
    public OfOperator {
      broken = List.copyOf(broken);
    }

    /** One who came with a token. */
    OfOperator(Operator operator) {
      this(operator, null, false, List.of());
    }

    @Override
    public String name() {
      return (seat == null ? "operator:" : "user:") + operator.id();
    }

    boolean has(OperatorRole role) {
      return operator.roles().contains(role);
    }

    /** Whether they may do no more than change a password that somebody else knows. */
    boolean mustChangePassword() {
      return seat != null && !seat.signedOn() && seat.person().mustChange();
    }
  }
}
