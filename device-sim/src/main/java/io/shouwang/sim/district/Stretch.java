package io.shouwang.sim.district;

import org.jspecify.annotations.Nullable;

/** A person does one thing from one civil second to another; outdoors along a track. */
record Stretch(long from, long to, Activity activity, @Nullable Track track) {
  Stretch(long from, long to, Activity activity) {
    this(from, to, activity, null);
  }

  boolean covers(long moment) {
    return moment >= from && moment < to;
  }

  Stretch until(long end) {
    return new Stretch(from, end, activity, track);
  }
}
