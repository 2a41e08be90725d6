package io.shouwang.alerts;

import io.shouwang.model.Stamp;

/** A line of an alert's timeline: what was decided, when, and from which input. */
public record Entry(Stamp stamp, Fact.OfAlert fact) {}
