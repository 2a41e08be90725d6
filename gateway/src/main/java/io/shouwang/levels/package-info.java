/**
 * Stage 5 beside the channels: counties and their city. A county's gateway says how its alerts
 * stand, the city's says what the city does about them, both as CloudEvents over signed HTTP; CAP
 * for whoever speaks that. What crosses is the state of an alert and never a history, so that a
 * resend, a restart and a link that was down need no book of what was sent.
 */
@NullMarked
package io.shouwang.levels;

import org.jspecify.annotations.NullMarked;
