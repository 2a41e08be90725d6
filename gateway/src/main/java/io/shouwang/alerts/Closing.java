package io.shouwang.alerts;

import io.shouwang.model.ResponderId;
import java.time.Instant;

/** How an alert ended. */
public record Closing(ResponderId by, String disposition, Instant at) {}
