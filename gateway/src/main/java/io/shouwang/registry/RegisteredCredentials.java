package io.shouwang.registry;

import io.shouwang.intake.Credentials;
import io.shouwang.model.DeviceId;
import io.shouwang.model.Identity;
import io.shouwang.model.Operator;
import io.shouwang.model.ResponderId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says who somebody is, by the registry and the secrets in force at the moment: whoever is no
 * longer registered is nobody, whatever their secret. Any thread; one HMAC per question.
 */
public final class RegisteredCredentials implements Credentials {
  private final Supplier<Registry> registry;
  private final Supplier<Secrets> secrets;

  public RegisteredCredentials(Supplier<Registry> registry, Supplier<Secrets> secrets) {
    this.registry = registry;
    this.secrets = secrets;
  }

  /** For devices and responders; an operator is nobody here. */
  @Override
  public boolean accept(String identity, byte[] secret) {
    if (!secrets.get().match(identity, secret) || !Identity.isValid(identity)) {
      return false;
    }
    Registry now = registry.get();
    return now.placement(new DeviceId(identity)) != null
        || now.responder(new ResponderId(identity)) != null;
  }

  /** The operator a Bearer token belongs to. */
  public Optional<Operator> operatorByToken(String bearer) {
    int dot = bearer.indexOf('.');
    String id = dot < 0 ? "" : bearer.substring(0, dot);
    boolean match = secrets.get().match(id, bearer.getBytes(StandardCharsets.UTF_8));
    return match ? Optional.ofNullable(registry.get().operator(id)) : Optional.empty();
  }
}
