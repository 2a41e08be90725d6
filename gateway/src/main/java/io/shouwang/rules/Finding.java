package io.shouwang.rules;

import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found, with all that a person needs to judge it (P6).
 *
 * @param rule the rule's name, as in {@code rules.yaml}
 * @param code what it found, in one word; the wording has a sentence for each
 * @param elder whom it is about, or null
 * @param device which device it is about or rests on, or null
 * @param since since when it holds, in engine time
 * @param figures the numbers it fired on, in a fixed order
 */
public record Finding(
    String rule,
    String code,
    @Nullable ElderId elder,
    @Nullable DeviceId device,
    Instant since,
    List<Figure> figures) {
  public static final int FIGURES_MAX = 12;

  public Finding {
    figures = List.copyOf(figures);
  }

  public static Finding of(
      String rule,
      String code,
      @Nullable ElderId elder,
      @Nullable DeviceId device,
      Instant since,
      Figure... figures) {
    return new Finding(rule, code, elder, device, since, List.of(figures));
  }
}
