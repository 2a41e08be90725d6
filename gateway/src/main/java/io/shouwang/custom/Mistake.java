package io.shouwang.custom;

/**
 * A mistake in an expression.
 *
 * @param line of the expression, from 1
 * @param column from 1
 */
public record Mistake(int line, int column, String what) {}
