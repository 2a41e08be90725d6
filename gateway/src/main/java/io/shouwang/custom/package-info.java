/**
 * Stage 3 of 6, beside the gateway's own rules: an office's, written as CEL expressions in {@code
 * rules.yaml}. In: a home as its expression sees it. Out: findings. A function of the home and the
 * event, bounded in cost; what fails says nothing and counts as the rule's trouble.
 */
@NullMarked
package io.shouwang.custom;

import org.jspecify.annotations.NullMarked;
