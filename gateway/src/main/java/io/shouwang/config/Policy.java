package io.shouwang.config;

import io.shouwang.alerts.Ladders;
import io.shouwang.custom.CustomRule;
import io.shouwang.custom.CustomRules;
import io.shouwang.model.Role;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Rule;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.util.List;
import java.util.Set;

/**
 * What decisions go by beside the registry: rules, their numbers, and ladders, without a mistake in
 * them. Takes force as a whole, at a start or while running. Immutable; any thread.
 *
 * @param limits what the rules go by, and where it differs
 * @param rules the gateway's own and the office's, in the order they are asked
 * @param roles those that may stand in a ladder or in {@code contacts.csv}
 * @param overrides where the limits differ, in the file's order
 * @param files what it was read from
 * @param hash the files' hash
 */
public record Policy(
    Ladders ladders,
    RuleSettings replies,
    LimitsBook limits,
    List<Rule> rules,
    Set<Role> roles,
    List<OverridePlace> overrides,
    PolicyFiles files,
    String hash) {
  public Policy {
    roles = Set.copyOf(roles);
    rules = List.copyOf(rules);
    overrides = List.copyOf(overrides);
  }

  /** The office's own rules, each with what it failed at. */
  public List<CustomRule> custom() {
    return rules.stream()
        .filter(CustomRules.class::isInstance)
        .flatMap(all -> ((CustomRules) all).rules().stream())
        .toList();
  }

  /** The rules with their numbers. */
  public RuleBook ruleBook() {
    return new RuleBook(replies, limits, rules);
  }
}
