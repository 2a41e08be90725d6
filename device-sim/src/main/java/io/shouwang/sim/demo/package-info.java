/** The scripted district that runs beside a gateway for people to watch. */
@NullMarked
package io.shouwang.sim.demo;

import org.jspecify.annotations.NullMarked;
