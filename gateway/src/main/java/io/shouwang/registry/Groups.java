package io.shouwang.registry;

/** Which rows belong to which owner, in the rows' order: two int arrays. Immutable, any thread. */
final class Groups {
  private final int[] starts;
  private final int[] members;

  /**
   * Groups rows by owner.
   *
   * @param ownerOfRow the owner of each row; -1 for none
   */
  Groups(int[] ownerOfRow, int owners) {
    starts = new int[owners + 1];
    for (int owner : ownerOfRow) {
      if (owner >= 0) {
        starts[owner + 1]++;
      }
    }
    for (int owner = 0; owner < owners; owner++) {
      starts[owner + 1] += starts[owner];
    }
    members = new int[starts[owners]];
    int[] next = starts.clone();
    for (int row = 0; row < ownerOfRow.length; row++) {
      if (ownerOfRow[row] >= 0) {
        members[next[ownerOfRow[row]]++] = row;
      }
    }
  }

  int owners() {
    return starts.length - 1;
  }

  int count(int owner) {
    return starts[owner + 1] - starts[owner];
  }

  int member(int owner, int index) {
    return members[starts[owner] + index];
  }
}
