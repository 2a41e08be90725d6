package io.shouwang.sim.district;

/**
 * Something that really happened, in epoch seconds.
 *
 * @param elder empty if it concerns the home
 * @param device empty if no device in particular
 */
record Truth(
    String kind, String home, String elder, String device, long from, long to, String detail) {}
