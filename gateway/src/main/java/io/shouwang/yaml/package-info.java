/**
 * YAML read so that every mistake is found at once, with its place and a remedy. Knows nothing of
 * what is configured.
 */
@NullMarked
package io.shouwang.yaml;

import org.jspecify.annotations.NullMarked;
