/** What short messages of every network have in common: alphabets, parts, numbers, reports. */
@NullMarked
package io.shouwang.notify.segment;

import org.jspecify.annotations.NullMarked;
