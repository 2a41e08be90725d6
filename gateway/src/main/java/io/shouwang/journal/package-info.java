/**
 * Stage 2 of 6: makes inputs durable. In: bytes. Out: {@link io.shouwang.journal.Receipt}. One
 * writer thread. Knows only bytes.
 *
 * <p>The files of a journal, all numbers in hexadecimal:
 *
 * <pre>
 * lock                        held while the journal is open
 * 0000000000000001.seg        a segment: a header and batches, or zeros until it is begun
 * 0000000000000003.preparing  a segment being made ahead; of no use after a crash
 * 0000000000000001.seg.damaged    what a repair gave up
 * </pre>
 *
 * <p>Segments are numbered without gaps; the oldest leave when they are distilled into an archive
 * directory. The last ones are always zero: the next, and behind it the reserve for alarms. {@link
 * io.shouwang.journal.Journal} writes, {@link io.shouwang.journal.JournalReader} reads beside it,
 * {@link io.shouwang.journal.JournalRepair} is for the day a disk went bad.
 */
@NullMarked
package io.shouwang.journal;

import org.jspecify.annotations.NullMarked;
