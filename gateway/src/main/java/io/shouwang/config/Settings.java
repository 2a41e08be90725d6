package io.shouwang.config;

import io.shouwang.alerts.Ladders;
import io.shouwang.model.Role;
import io.shouwang.rules.RuleSettings;
import java.util.Set;

/**
 * A whole configuration without a mistake in it.
 *
 * @param roles those that may stand in a ladder or in {@code contacts.csv}
 * @param hash hex of SHA-256 over {@code ladders.yaml} and {@code rules.yaml} as they were read:
 *     what the journal names when they take force (P7)
 */
public record Settings(
    GatewayConfig gateway, Ladders ladders, RuleSettings rules, Set<Role> roles, String hash) {
  public Settings {
    roles = Set.copyOf(roles);
  }
}
