package io.shouwang.rules;

/**
 * One home's recording with known truth: what the sensors said, and when somebody was in.
 *
 * @param kind the kind of life, for the table
 * @param at milliseconds of each sign, ascending
 * @param door whether that sign came from the entrance door
 * @param place which sensor it came from, small numbers
 * @param homeFrom starts of the times somebody was in
 * @param homeTo their ends
 * @param offsetSeconds the civil time's offset
 */
@SuppressWarnings("ArrayRecordComponent") // long recordings, never compared
record Life(
    String kind,
    int days,
    long[] at,
    boolean[] door,
    int[] place,
    long[] homeFrom,
    long[] homeTo,
    int offsetSeconds) {

  Life withoutDoor() {
    int kept = 0;
    for (boolean d : door) {
      kept += d ? 0 : 1;
    }
    long[] signs = new long[kept];
    int[] places = new int[kept];
    int next = 0;
    for (int i = 0; i < at.length; i++) {
      if (!door[i]) {
        places[next] = place[i];
        signs[next++] = at[i];
      }
    }
    return new Life(
        kind + ", no door",
        days,
        signs,
        new boolean[kept],
        places,
        homeFrom,
        homeTo,
        offsetSeconds);
  }
}
