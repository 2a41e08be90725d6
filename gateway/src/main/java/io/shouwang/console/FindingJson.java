package io.shouwang.console;

import io.shouwang.rules.Figure;
import io.shouwang.rules.Finding;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a rule found, as data. */
final class FindingJson {
  private FindingJson() {}

  static Map<String, Object> of(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", finding.rule());
    json.put("code", finding.code());
    if (finding.elder() != null) {
      json.put("elder", finding.elder().value());
    }
    if (finding.device() != null) {
      json.put("device", finding.device().value());
    }
    json.put("since", finding.since().toString());
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Figure figure : finding.figures()) {
      figures.put(figure.name(), figure.value());
    }
    json.put("figures", figures);
    return json;
  }
}
