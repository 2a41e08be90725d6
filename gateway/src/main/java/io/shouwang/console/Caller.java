package io.shouwang.console;

import io.shouwang.model.DeviceId;
import io.shouwang.model.Operator;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;

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

  /** An operator, by a token. */
  record OfOperator(Operator operator) implements Caller {
    @Override
    public String name() {
      return "operator:" + operator.id();
    }

    boolean has(OperatorRole role) {
      return operator.roles().contains(role);
    }
  }
}
