/**
 * Homes, elders, devices, responders and areas: imported from CSV as one immutable generation,
 * checked as a whole, kept in memory in compact form, and beside it the secrets with which devices,
 * responders and operators log in.
 */
@NullMarked
package io.shouwang.registry;

import org.jspecify.annotations.NullMarked;
