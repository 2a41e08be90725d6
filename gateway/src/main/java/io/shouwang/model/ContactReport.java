package io.shouwang.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says about a visit or a call.
 *
 * @param id the sender's own name for it: the same one twice is one contact; null when not said
 * @param at when it was, as said; null when not said
 * @param result how it went, in one word: {@code well}, {@code no_answer}, ...
 * @param note free text; personal, so it is kept apart from the facts
 */
public record ContactReport(
    @Nullable String id,
    ElderId elder,
    CareContact.Means means,
    @Nullable Instant at,
    String result,
    @Nullable String note) {}
