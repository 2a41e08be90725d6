/**
 * What other rules would have rung: recorded inputs decided again on virtual time, home by home.
 * Reads journals and recordings, decides by the same core as the engine, rings nobody.
 */
@NullMarked
package io.shouwang.backtest;

import org.jspecify.annotations.NullMarked;
