package io.shouwang.config;

import io.shouwang.alerts.Ladders;
import io.shouwang.model.Role;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Rule;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.util.List;
import java.util.Set;

/**
 * A whole configuration without a mistake in it.
 *
 * @param limits what the rules go by, and where it differs
 * @param rules the gateway's own and the office's, in the order they are asked
 * @param roles those that may stand in a ladder or in {@code contacts.csv}
 * @param hash hex of SHA-256 over {@code ladders.yaml} and {@code rules.yaml} as they were read:
 *     what the journal names when they take force (P7)
 */
public record Settings(
    GatewayConfig gateway,
    Ladders ladders,
    RuleSettings replies,
    LimitsBook limits,
    List<Rule> rules,
    Set<Role> roles,
    String hash) {
  public Settings {
    roles = Set.copyOf(roles);
    rules = List.copyOf(rules);
  }

  /** The rules with their numbers. */
  public RuleBook ruleBook() {
    return new RuleBook(replies, limits, rules);
  }
}
