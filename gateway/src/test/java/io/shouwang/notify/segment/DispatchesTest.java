package io.shouwang.notify.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.notify.provider.Failure;
import io.shouwang.notify.provider.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One word on one message, whenever its parts' reports come. */
final class DispatchesTest {
  private final Desk desk = new Desk();
  private final Dispatches dispatches = new Dispatches("sms", desk);

  private Dispatches.Dispatch sent(String key, String... ids) {
    Dispatches.Dispatch dispatch = dispatches.begin(key);
    List.of(ids).forEach(dispatch::accepted);
    return dispatch;
  }

  @Test
  void a_report_that_overtakes_the_answer_is_the_verdict() {
    dispatches.arrived("1");
    desk.reports.clear(); // it went on as one that an earlier run may know
    assertEquals(new Verdict.Delivered("1"), sent("a.1", "1").handedOver());
    dispatches.lost("2", Failure.DROPPED, "stat UNDELIV");
    desk.reports.clear();
    assertEquals(
        new Verdict.Refused(Failure.DROPPED, "stat UNDELIV"), sent("a.2", "2", "3").handedOver());
    dispatches.arrived("3");
    assertEquals(0, desk.reports.size());
  }

  @Test
  void what_was_refused_half_way_is_silent() throws Exception {
    sent("a.1", "1"); // part 2 was refused, so nothing was handed over
    dispatches.arrived("1");
    assertEquals(0, desk.reports.size());
    Dispatches.Dispatch again = sent("a.1", "2", "3");
    assertEquals(new Verdict.Accepted("2"), again.handedOver());
    dispatches.arrived("3");
    dispatches.arrived("3");
    assertEquals(0, desk.reports.size());
    dispatches.arrived("2");
    assertEquals("a.1", desk.report().key());
    dispatches.arrived("2");
    assertEquals(0, desk.reports.size());
  }

  @Test
  void a_part_without_a_name_can_never_be_reported() {
    assertEquals(new Verdict.Accepted(""), sent("a.1", "").handedOver());
  }
}
