/** Shouwang: the gateway between an old person's emergency and the people who come. */
@NullMarked
package io.shouwang;

import org.jspecify.annotations.NullMarked;
