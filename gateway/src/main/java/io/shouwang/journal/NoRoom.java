package io.shouwang.journal;

/** The batch was refused for want of room. Nothing was written; the journal goes on. */
public final class NoRoom extends JournalException {
  private static final long serialVersionUID = 1L;

  NoRoom(Importance importance, String state) {
    super("no room for a batch of importance " + importance + ": " + state, null);
  }
}
