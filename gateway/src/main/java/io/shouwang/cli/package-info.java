/** The commands of {@code scripts/gateway}. Here, and only here, the gateway prints. */
@NullMarked
package io.shouwang.cli;

import org.jspecify.annotations.NullMarked;
