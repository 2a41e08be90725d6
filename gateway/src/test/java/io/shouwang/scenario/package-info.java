/** Phones ring: the core in the words of the people, on virtual time. */
@NullMarked
package io.shouwang.scenario;

import org.jspecify.annotations.NullMarked;
