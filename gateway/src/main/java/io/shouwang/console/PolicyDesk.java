package io.shouwang.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules and ladders: what is in force, and putting others in force. Any thread; may wait. */
public interface PolicyDesk {

  /** Both files' texts, with comments. */
  record Texts(String ladders, String rules) {}

  /**
   * What holds.
   *
   * @param hash names it, in the journal too
   * @param since when it took force; null if that isn't known
   * @param zone civil time that goes with it
   * @param refused what is wrong with the files on disk, which therefore don't hold
   */
  record InForce(
      String hash, @Nullable Instant since, Texts texts, String zone, List<Mistake> refused) {
    public InForce {
      refused = List.copyOf(refused);
    }
  }

  /** What held once, or holds; {@code keptAt} is when it was first kept. */
  record Former(String hash, Instant keptAt) {}

  /**
   * One mistake.
   *
   * @param line from 1; 0 when it has no place
   * @param column from 1; 0 when not known
   */
  record Mistake(String file, int line, int column, String what, String remedy) {}

  /** What came of reading texts; nothing was put in force. */
  sealed interface Checked {
    /**
     * Without a mistake.
     *
     * @param warnings what is allowed, and somebody should know
     */
    record Good(String hash, List<String> warnings) implements Checked {
      public Good {
        warnings = List.copyOf(warnings);
      }
    }

    /** All of the mistakes; never empty. */
    record Bad(List<Mistake> mistakes) implements Checked {
      public Bad {
        mistakes = List.copyOf(mistakes);
      }
    }
  }

  /** What came of an activation. */
  sealed interface Activated {
    /** Why it was not done. */
    enum Why {
      /** What it was made from is in force no more, or not what the files hold. */
      MOVED_ON,
      /** The files can't be written by the gateway. */
      NOT_OURS,
      /** It is on disk, and not in force yet. */
      NOT_YET
    }

    /** In force, and durable. */
    record Done(String hash) implements Activated {}

    /** Nothing was changed. */
    record Bad(List<Mistake> mistakes) implements Activated {
      public Bad {
        mistakes = List.copyOf(mistakes);
      }
    }

    /** Not done; the words are for whoever asked. */
    record Refused(Why why, String words) implements Activated {}
  }

  InForce inForce();

  /** The latest first. */
  List<Former> former();

  /** The texts of a hash; empty when they aren't kept. */
  Optional<Texts> former(String hash);

  Checked check(Texts texts);

  /**
   * Puts texts in force, both or none.
   *
   * @param basedOn the hash of what they were made from
   */
  Activated activate(String basedOn, Texts texts);
}
