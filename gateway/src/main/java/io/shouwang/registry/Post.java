package io.shouwang.registry;

import io.shouwang.model.AreaId;
import io.shouwang.model.Role;

/** A role in an area that is held by whoever is on call in a schedule. */
public record Post(String schedule, Role role, AreaId area) {}
