/**
 * Stage 2 of 6: makes inputs durable. In: bytes. Out: {@link io.shouwang.journal.Receipt}. One
 * writer thread. Knows only bytes.
 */
@NullMarked
package io.shouwang.journal;

import org.jspecify.annotations.NullMarked;
