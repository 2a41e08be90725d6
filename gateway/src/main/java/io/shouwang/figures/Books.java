package io.shouwang.figures;

/** The books that pages are made of. */
public record Books(
    ReadingsBook readings, Quarantine quarantine, LatestStatus statuses, Load load) {}
