package io.shouwang.sim.district;

import java.util.Locale;

/** A kind of life, as {@code lives.csv} names it; a home may have several. */
enum LifeKind {
  EARLY_RISER,
  LATE_RISER,
  FREQUENT_GOER_OUT,
  PET,
  TWO_PERSONS,
  BEDRIDDEN,
  NIGHT_ACTIVE,
  REGULAR;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
