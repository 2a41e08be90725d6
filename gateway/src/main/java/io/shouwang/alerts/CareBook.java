package io.shouwang.alerts;

import io.shouwang.model.CareContact;
import io.shouwang.model.HomeId;
import io.shouwang.model.Mode;
import io.shouwang.rules.LimitsBook;
import java.util.List;
import java.util.Optional;

/** Modes and contacts of homes as the outside may see them: only what is on disk. Any thread. */
public interface CareBook {

  /**
   * What is known of one home.
   *
   * @param modes those that hold and, of absences, those of the last weeks
   * @param contacts the latest, oldest first
   */
  record Care(List<Mode> modes, List<CareContact> contacts) {
    public static final Care NONE = new Care(List.of(), List.of());
  }

  Care of(HomeId home);

  /** What somebody wrote with a contact. */
  Optional<String> note(CareContact contact);

  /** What is asked of whom, by the rules in force. */
  LimitsBook limits();
}
