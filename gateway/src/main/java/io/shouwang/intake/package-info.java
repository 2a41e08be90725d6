/**
 * The engine's door. Whoever has something to say (a device's connection, the API, a channel with
 * an outcome) offers it here as an input, and is answered once it is on disk.
 */
@NullMarked
package io.shouwang.intake;

import org.jspecify.annotations.NullMarked;
