package io.shouwang.sim.district;

/** Notes when an elder really was outside the safe areas, or in a dangerous one. */
final class Crossings {
  private static final long STEP_SECONDS = 20;

  private final Chronicle chronicle;

  Crossings(Chronicle chronicle) {
    this.chronicle = chronicle;
  }

  void of(Stretch stretch, Person person) {
    Track track = stretch.track();
    if (track == null || person.fences.isEmpty()) {
      return;
    }
    String detail = "worn=" + person.wears(stretch) + " during=" + word(stretch, track);
    long step = stretch.to() - stretch.from() > Civil.DAY ? 300 : STEP_SECONDS;
    long leftAt = -1;
    long enteredAt = -1;
    for (long at = stretch.from(); at <= stretch.to(); at += step) {
      Place place = track.at(at);
      boolean outside = !Fence.isWithin(person.fences, false, place);
      boolean inDanger = Fence.isWithin(person.fences, true, place);
      if (outside && leftAt < 0) {
        leftAt = at;
      } else if (!outside && leftAt >= 0) {
        chronicle.note("fence_left", person, "", leftAt, at, detail);
        leftAt = -1;
      }
      if (inDanger && enteredAt < 0) {
        enteredAt = at;
      } else if (!inDanger && enteredAt >= 0) {
        chronicle.note("danger_entered", person, "", enteredAt, at, detail);
        enteredAt = -1;
      }
    }
    if (leftAt >= 0) {
      chronicle.note("fence_left", person, "", leftAt, stretch.to(), detail);
    }
    if (enteredAt >= 0) {
      chronicle.note("danger_entered", person, "", enteredAt, stretch.to(), detail);
    }
  }

  private static String word(Stretch stretch, Track track) {
    return track.isWandering()
        ? "wandering"
        : stretch.activity() == Activity.AWAY ? "away" : "outing";
  }
}
