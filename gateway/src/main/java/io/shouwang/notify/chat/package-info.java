/**
 * What the chat platforms' channels have in common: answers with an error code inside, access
 * tokens, cut texts, signed and encrypted callbacks.
 */
@NullMarked
package io.shouwang.notify.chat;

import org.jspecify.annotations.NullMarked;
