package io.shouwang.alerts;

import io.shouwang.model.Directory;
import io.shouwang.rules.RuleBook;

/**
 * What a decision may look at beside the home: all of it immutable, named in the journal by hash.
 */
public record World(Directory directory, RuleBook rules, Ladders ladders) {}
