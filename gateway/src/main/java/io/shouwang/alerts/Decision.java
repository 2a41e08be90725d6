package io.shouwang.alerts;

import io.shouwang.model.Answer;
import io.shouwang.senses.Heard;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided: the facts, in order, and what they make of the home.
 *
 * @param answer for the one who sent the input
 * @param heard how the home heard the event; null for an input that isn't one, and for a home that
 *     has no senses
 * @param lookAt when the rules must look at the home again at the latest; null if they need not.
 *     After an event it only ever brings the look forward
 */
public record Decision(
    Home home, List<Fact> facts, Answer answer, @Nullable Heard heard, @Nullable Instant lookAt) {}
