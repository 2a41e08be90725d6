package io.shouwang.sim.district;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What the whole district said and what befell it, put in the order in which the gateway hears it;
 * holds about a day of it.
 */
final class DayBook implements Ear {
  private static final int INDEX_BITS = 26;

  private record Said(Gadget device, long claimed, long received, String kind, String value) {}

  private final long begin;
  private final long finish;
  private final Counts counts = new Counts();
  private List<Said> said = new ArrayList<>();
  private final List<Truth> truths = new ArrayList<>();

  /** Keeps what is received from {@code begin} to {@code finish}, in epoch seconds. */
  DayBook(long begin, long finish) {
    this.begin = begin;
    this.finish = finish;
  }

  Counts counts() {
    return counts;
  }

  @Override
  public void event(Gadget device, long claimed, long received, String kind, String value) {
    if (received >= begin && received < finish) {
      said.add(new Said(device, claimed, received, kind, value));
    }
  }

  @Override
  public void truth(Truth truth) {
    if (truth.to() >= begin && truth.from() < finish) {
      truths.add(truth);
    }
  }

  /** Writes, and forgets, what was received before {@code end} and all truths known. */
  void write(long end, Rows events, Rows truthRows) throws IOException {
    long[] order = new long[said.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = (said.get(i).received() - begin) << INDEX_BITS | i;
    }
    Arrays.sort(order);
    int i = 0;
    for (; i < order.length; i++) {
      Said each = said.get((int) order[i] & ((1 << INDEX_BITS) - 1));
      if (each.received() >= end) {
        break;
      }
      events.time(each.claimed()).text(each.device().id).text(each.kind()).text(each.value());
      events.time(each.received()).end();
      counts.event(each.kind());
    }
    keep(order, i);
    truths.sort(Comparator.comparingLong(Truth::from));
    for (Truth truth : truths) {
      truthRows.text(truth.kind()).text(truth.home()).text(truth.elder()).text(truth.device());
      truthRows.time(truth.from()).time(truth.to()).text(truth.detail()).end();
      counts.truth(truth.kind());
    }
    truths.clear();
  }

  /** Keeps what is still to come in the order in which it was said. */
  private void keep(long[] order, int from) {
    int[] left = new int[order.length - from];
    for (int i = 0; i < left.length; i++) {
      left[i] = (int) order[from + i] & ((1 << INDEX_BITS) - 1);
    }
    Arrays.sort(left);
    List<Said> later = new ArrayList<>(Math.max(1_000, said.size()));
    for (int index : left) {
      later.add(said.get(index));
    }
    said = later;
  }
}
