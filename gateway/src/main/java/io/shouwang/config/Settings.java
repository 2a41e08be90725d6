package io.shouwang.config;

import io.shouwang.alerts.Ladders;
import io.shouwang.levels.LevelSettings;
import io.shouwang.model.Role;
import io.shouwang.notify.ChannelPlans;
import io.shouwang.rules.LimitsBook;
import io.shouwang.rules.Rule;
import io.shouwang.rules.RuleBook;
import io.shouwang.rules.RuleSettings;
import java.util.List;
import java.util.Set;

/**
 * A whole configuration without a mistake in it.
 *
 * @param gateway what takes a restart to change
 * @param policy what may change while running
 * @param channels by which ways people are reached beside MQTT; changed by a restart
 * @param levels the gateways above and below; changed by a restart
 */
public record Settings(
    GatewayConfig gateway, Policy policy, ChannelPlans channels, LevelSettings levels) {

  public Ladders ladders() {
    return policy.ladders();
  }

  public RuleSettings replies() {
    return policy.replies();
  }

  public LimitsBook limits() {
    return policy.limits();
  }

  public List<Rule> rules() {
    return policy.rules();
  }

  public Set<Role> roles() {
    return policy.roles();
  }

  /** What the journal names when it takes force (P7). */
  public String hash() {
    return policy.hash();
  }

  /** The rules with their numbers. */
  public RuleBook ruleBook() {
    return policy.ruleBook();
  }
}
