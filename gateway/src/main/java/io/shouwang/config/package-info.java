/**
 * What an operator edits, read into typed records: {@code gateway.yaml}, {@code ladders.yaml},
 * {@code rules.yaml}. All problems are found at once, each with file, line and remedy; a
 * configuration with a problem is refused as a whole.
 */
@NullMarked
package io.shouwang.config;

import org.jspecify.annotations.NullMarked;
