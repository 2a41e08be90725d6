package io.shouwang.custom;

import io.shouwang.model.DeviceEvent;
import io.shouwang.model.Kind;
import io.shouwang.rules.Condition;
import io.shouwang.rules.Finding;
import io.shouwang.rules.Findings;
import io.shouwang.rules.Rule;
import io.shouwang.rules.Sight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All of an office's own rules, in the file's order. Any thread. */
public final class CustomRules implements Rule {
  static final String NAME = "custom";

  private final List<CustomRule> rules;
  private final Map<Kind, List<CustomRule>> byKind = new HashMap<>();

  public CustomRules(List<CustomRule> rules) {
    this.rules = List.copyOf(rules);
    for (CustomRule rule : rules) {
      rule.spec()
          .on()
          .forEach(kind -> byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(rule));
    }
  }

  /** The rules, each with what it failed at. */
  public List<CustomRule> rules() {
    return rules;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void judge(Sight sight, Findings findings) {
    DeviceEvent event = sight.event();
    if (event != null) {
      List<CustomRule> listening = byKind.get(event.kind());
      if (listening != null) {
        Scene scene = new Scene(sight);
        for (CustomRule rule : listening) {
          rule.hear(sight, scene, event.device(), findings);
        }
      }
      return;
    }
    Scene scene = new Scene(sight);
    for (CustomRule rule : rules) {
      if (rule.spec().every() != null) {
        rule.look(sight, scene, findings);
      }
    }
    for (Condition condition : sight.conditions(NAME)) {
      CustomRule rule = ruleOf(condition);
      if (rule != null) {
        rule.waited(sight, scene, condition, findings);
      } else {
        // It was taken out of the file, or is asked otherwise now: nobody else would end it.
        findings.gone(condition.key(), Finding.of(NAME, "removed", null, null, condition.since()));
      }
    }
  }

  private @Nullable CustomRule ruleOf(Condition condition) {
    for (CustomRule rule : rules) {
      if (rule.owns(condition.key())) {
        return rule;
      }
    }
    return null;
  }
}
