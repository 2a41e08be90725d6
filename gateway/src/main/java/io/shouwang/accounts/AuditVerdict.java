package io.shouwang.accounts;

/** Whether the record is as it was written. */
public sealed interface AuditVerdict {

  /**
   * It is.
   *
   * @param entries how many, which is the last one's number
   * @param hash the last one's: kept elsewhere, it proves later that nothing up to here was changed
   * @param sealed entries up to this number are not in the table any more but in archives; 0 for
   *     none
   */
  record Whole(long entries, String hash, long sealed) implements AuditVerdict {

    /** All of it at hand. */
    Whole(long entries, String hash) {
      this(entries, hash, 0);
    }
  }

  /**
   * It isn't.
   *
   * @param number the first entry that is not as it was written
   */
  record Broken(long number, String why) implements AuditVerdict {}
}
