package io.shouwang.alerts;

import io.shouwang.model.Answer;
import java.util.List;

/**
 * What was decided: the facts, in order, and what they make of the home.
 *
 * @param answer for the one who sent the input
 */
public record Decision(Home home, List<Fact> facts, Answer answer) {}
