/** CMPP 2.0 and 3.0 towards China Mobile's internet short message gateway, as a provider (SP). */
@NullMarked
package io.shouwang.notify.cmpp;

import org.jspecify.annotations.NullMarked;
