package io.shouwang.sim.district;

/**
 * What colours one person's day.
 *
 * @param season 1 in high summer, -1 in deep winter
 * @param slowness 1 at first; grows with age and illness
 * @param ill a slow illness: in bed, hardly out
 * @param shiftHours how much later than by habit everything is, after a change for good
 */
record Mood(
    boolean weekend,
    double season,
    double slowness,
    boolean ill,
    boolean festival,
    double shiftHours) {}
