package io.shouwang.rules;

import io.shouwang.model.Kind;
import io.shouwang.model.Severity;

/** What a rule makes of an event. */
public sealed interface Verdict {

  /** An alert, or new information for the one that is open. */
  record Raise(Kind alert, Severity severity, Evidence evidence) implements Verdict {}

  /** Belongs to an open alert of this kind, if there is one; raises none. */
  record Support(Kind alert, Evidence evidence) implements Verdict {}

  /** Nothing to answer. */
  record Quiet() implements Verdict {}
}
