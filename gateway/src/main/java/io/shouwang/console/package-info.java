/**
 * Stage 6 of 6: shows and answers. The HTTP API, the live feed and the page. Shows only what is on
 * disk, to those who may see it; what it is told becomes an input, answered once that is on disk.
 */
@NullMarked
package io.shouwang.console;

import org.jspecify.annotations.NullMarked;
