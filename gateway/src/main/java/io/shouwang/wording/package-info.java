/**
 * What happened, in the words of people: facts, kinds and roles in Chinese and English, and an
 * alert as those see it who must come. Pure: no clock, no logger; the phrases are resources. Gives
 * plain text: whoever puts it into a page or a log escapes it there.
 */
@NullMarked
package io.shouwang.wording;

import org.jspecify.annotations.NullMarked;
