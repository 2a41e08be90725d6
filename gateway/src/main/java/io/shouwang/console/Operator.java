package io.shouwang.console;

import io.shouwang.model.AreaId;
import io.shouwang.model.ResponderId;
import java.util.Set;

/**
 * A person or program that operates the gateway.
 *
 * @param id under which it answers alerts
 * @param area all it may see lies in or below this
 */
public record Operator(ResponderId id, Set<OperatorRole> roles, AreaId area) {}
