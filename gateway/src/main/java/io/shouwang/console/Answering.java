package io.shouwang.console;

import io.shouwang.model.Directory;
import io.shouwang.model.OperatorRole;
import io.shouwang.model.ResponderId;

/**
 * In whose name somebody answers an alert or records a contact, as the journal has it.
 *
 * @param by a responder of the registry or, for the office, the operator
 * @param dispatcher whether it is the office's word
 */
record Answering(ResponderId by, boolean dispatcher) {

  /**
   * A responder answers as themselves, a dispatcher as the office, a worker as the responder that
   * their account speaks for.
   *
   * @throws Problem 409 for a worker whose account speaks for nobody
   */
  static Answering of(Caller caller, Directory directory) {
    return switch (caller) {
      case Caller.Nobody _, Caller.OfDevice _ -> throw Problem.forbidden();
      case Caller.OfResponder(ResponderId id) -> new Answering(id, false);
      case Caller.OfOperator operator -> {
        if (operator.has(OperatorRole.DISPATCHER)) {
          yield new Answering(operator.operator().id(), true);
        }
        ResponderId responder = new Sight(directory).responder(operator);
        if (responder == null) {
          throw new Problem(
              409,
              "not-linked",
              "Your account speaks for nobody in the registry",
              "have an administrator set \"responder\" of your account");
        }
        yield new Answering(responder, false);
      }
    };
  }
}
