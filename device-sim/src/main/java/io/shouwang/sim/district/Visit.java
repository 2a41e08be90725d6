package io.shouwang.sim.district;

/** Somebody comes to the home, in civil seconds. */
record Visit(long from, long to, String who) {}
