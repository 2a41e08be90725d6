package io.shouwang.backtest;

import io.shouwang.alerts.Subject;
import io.shouwang.model.AlertId;
import io.shouwang.model.HomeId;
import io.shouwang.model.Kind;
import io.shouwang.model.Severity;
import java.time.Instant;

/**
 * An alert that rang in a rerun.
 *
 * @param at engine time of the rerun
 * @param ladder the name of the ladder it climbed
 * @param why in words
 */
public record Raising(
    Instant at,
    HomeId home,
    AlertId alert,
    Kind kind,
    Severity severity,
    Subject subject,
    String ladder,
    String why) {}
