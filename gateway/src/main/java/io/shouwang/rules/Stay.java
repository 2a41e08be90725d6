package io.shouwang.rules;

import io.shouwang.model.Fence;
import io.shouwang.model.Point;

/**
 * The end of a journey as one fence sees it: how many of the latest positions lie where it rings,
 * how surely, and since when. A position on the border's wrong side by no more than its own radius
 * says nothing by itself, so that jitter at the border doesn't ring. Pure.
 *
 * @param isCalm the latest position that can tell lies where nothing rings
 * @param votes how many since then lie where it rings; 0 if nothing can be told
 * @param sure how many of them with their whole circle
 * @param sinceMillis when the first of them was taken
 * @param latest the index of the last of them in the journey
 * @param latestM how far over the border that one lies
 */
record Stay(boolean isCalm, int votes, int sure, long sinceMillis, int latest, double latestM) {
  /** So many sure ones, or unsure ones, outweigh noise. */
  private static final int SURE_VOTES = 2;

  private static final int VOTES = 3;

  private enum Vote {
    SURE,
    LIKELY,
    UNSURE,
    CALM
  }

  /**
   * Where a fence rings.
   *
   * @param marginM beyond a safe fence, this belongs to it still
   * @param coarseM a larger circle must lie on one side as a whole
   * @param holds it rang already: a dangerous fence is left behind only beyond the margin
   */
  record Region(Fence fence, int marginM, int coarseM, boolean holds) {
    private Vote vote(Point at, int accuracyM) {
      double outsideM = fence.outsideM(at);
      boolean isFine = accuracyM <= coarseM;
      if (fence.kind() == Fence.Kind.SAFE) {
        double overM = outsideM - marginM;
        if (overM > accuracyM) {
          return Vote.SURE;
        }
        if (isFine && overM > accuracyM / 2.0) {
          return Vote.LIKELY;
        }
        return (isFine ? outsideM : outsideM + accuracyM) <= 0 ? Vote.CALM : Vote.UNSURE;
      }
      if (outsideM < -accuracyM) {
        return Vote.SURE;
      }
      double calmM = (holds ? marginM : 0) + (isFine ? 0 : accuracyM);
      if (outsideM > calmM) {
        return Vote.CALM;
      }
      return isFine && outsideM <= 0 ? Vote.LIKELY : Vote.UNSURE;
    }

    /** How far over the border a place lies, where it rings. */
    private double overM(Point at) {
      double outsideM = fence.outsideM(at);
      return fence.kind() == Fence.Kind.SAFE ? outsideM : -outsideM;
    }
  }

  static Stay of(Journey journey, Region region) {
    int votes = 0;
    int sure = 0;
    int latest = -1;
    long since = 0;
    boolean calm = false;
    for (int i = journey.size() - 1; i >= 0; i--) {
      Vote vote = region.vote(journey.point(i), journey.accuracyM(i));
      if (vote == Vote.CALM) {
        calm = latest < 0;
        break;
      }
      if (vote != Vote.UNSURE) {
        votes++;
        sure += vote == Vote.SURE ? 1 : 0;
        since = journey.atMillis(i);
        latest = latest < 0 ? i : latest;
      }
    }
    return new Stay(
        calm, votes, sure, since, latest, latest < 0 ? 0 : region.overM(journey.point(latest)));
  }

  /**
   * When it rings if nothing else is heard, in milliseconds; {@link Long#MAX_VALUE}: it doesn't.
   *
   * @param dwellMillis for enough positions
   * @param dwellAloneMillis for a sure one alone
   */
  long dueMillis(long dwellMillis, long dwellAloneMillis) {
    if (sure >= SURE_VOTES || votes >= VOTES) {
      return sinceMillis + dwellMillis;
    }
    return sure > 0 ? sinceMillis + dwellAloneMillis : Long.MAX_VALUE;
  }
}
