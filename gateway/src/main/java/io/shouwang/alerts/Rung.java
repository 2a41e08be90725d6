package io.shouwang.alerts;

import io.shouwang.model.Role;
import java.time.Duration;
import java.util.List;

/**
 * A step of a ladder: who is rung together.
 *
 * @param after time since the alert was raised
 */
public record Rung(Duration after, List<Role> roles) {}
