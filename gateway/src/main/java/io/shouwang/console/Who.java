package io.shouwang.console;

import io.shouwang.model.OperatorRole;

/** Who may use a route; which alerts, homes and devices they may touch there is the route's own. */
enum Who {
  /** No name is asked: nothing here is anybody's. */
  ANYONE,
  DEVICE,
  RESPONDER,
  DISPATCHER,
  SUPERVISOR,
  ADMINISTRATOR,
  AUDITOR,
  GRID_WORKER,
  ORGANIZATION_WORKER,
  /** Whoever is logged in, in any role: what concerns their own account. Tokens have none. */
  PERSON;

  boolean admits(Caller caller) {
    return switch (caller) {
      case Caller.Nobody _ -> this == ANYONE;
      case Caller.OfDevice _ -> this == ANYONE || this == DEVICE;
      case Caller.OfResponder _ -> this == ANYONE || this == RESPONDER;
      case Caller.OfOperator operator ->
          switch (this) {
            case ANYONE -> true;
            case DEVICE, RESPONDER -> false;
            case DISPATCHER -> operator.has(OperatorRole.DISPATCHER);
            case SUPERVISOR -> operator.has(OperatorRole.SUPERVISOR);
            case ADMINISTRATOR -> operator.has(OperatorRole.ADMINISTRATOR);
            case AUDITOR -> operator.has(OperatorRole.AUDITOR);
            case GRID_WORKER -> operator.has(OperatorRole.GRID_WORKER);
            case ORGANIZATION_WORKER -> operator.has(OperatorRole.ORGANIZATION_WORKER);
            case PERSON -> operator.seat() != null;
          };
    };
  }
}
