package io.shouwang.alerts;

import java.util.List;

/** Who is reached, in order; rungs strictly rising in time. The duty desk comes besides. */
public record Ladder(String name, List<Rung> rungs) {}
