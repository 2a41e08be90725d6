package io.shouwang.rules;

import io.shouwang.model.AreaId;
import io.shouwang.model.Directory;
import io.shouwang.model.ElderId;
import io.shouwang.model.HomeId;
import io.shouwang.senses.Heard;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Whose limits are what: the city's, changed by each area from the topmost down to the home's own,
 * then by the home, then by the elder. Immutable; any thread.
 *
 * @param zone civil time, for hours and days
 * @param byArea what an area changes
 */
public record LimitsBook(
    ZoneId zone,
    Limits city,
    Map<AreaId, UnaryOperator<Limits>> byArea,
    Map<HomeId, UnaryOperator<Limits>> byHome,
    Map<ElderId, UnaryOperator<Limits>> byElder) {

  /** The standard limits, without exceptions, in universal time. */
  public static final LimitsBook STANDARD = of(ZoneOffset.UTC, Limits.STANDARD);

  public LimitsBook {
    byArea = Map.copyOf(byArea);
    byHome = Map.copyOf(byHome);
    byElder = Map.copyOf(byElder);
  }

  /** The same limits for everybody. */
  public static LimitsBook of(ZoneId zone, Limits city) {
    return new LimitsBook(zone, city, Map.of(), Map.of(), Map.of());
  }

  /** Civil time's offset from universal time; whole quarters of an hour, as all offsets are. */
  public int offsetSeconds(Instant at) {
    int seconds = zone.getRules().getOffset(at).getTotalSeconds();
    return Math.floorDiv(seconds, Heard.QUARTER_SECONDS) * Heard.QUARTER_SECONDS;
  }

  /** The limits of a home. */
  public Limits of(Directory directory, HomeId home) {
    Limits limits = city;
    if (!byArea.isEmpty()) {
      Directory.Home card = directory.home(home);
      List<AreaId> path = card == null ? List.of() : directory.areaPath(card.area());
      for (AreaId area : path.reversed()) {
        limits = byArea.getOrDefault(area, UnaryOperator.identity()).apply(limits);
      }
    }
    return byHome.isEmpty()
        ? limits
        : byHome.getOrDefault(home, UnaryOperator.identity()).apply(limits);
  }

  /** Whether who an elder is makes no difference in any home. */
  boolean isSameForElders() {
    return byElder.isEmpty();
  }

  /** The limits of one elder of a home. */
  public Limits of(Directory directory, HomeId home, ElderId elder) {
    Limits limits = of(directory, home);
    return byElder.isEmpty()
        ? limits
        : byElder.getOrDefault(elder, UnaryOperator.identity()).apply(limits);
  }
}
