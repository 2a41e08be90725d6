package io.shouwang.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.shouwang.alerts.Fact;
import io.shouwang.journal.JournalReader;
import io.shouwang.model.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** P7 for everything that can move the state: decided again, or recovered, it is the same. */
final class LaterStoryTest {
  private static List<Decided> all(EngineFixture at) throws Exception {
    List<Decided> all = new ArrayList<>();
    new JournalReader(at.disk, EngineFixture.DATA.resolve("journal"))
        .read(1, (sequence, body) -> BatchCodec.read(body, all::add));
    return all;
  }

  @Test
  void P7_every_input_there_is_gives_the_same_facts_again() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      LaterStory.tell(at);
      Replay replay = new Replay((registry, settings) -> EngineFixture.WORLD);
      List<Decided> all = all(at);
      all.forEach(replay::take);
      assertEquals(List.of(), replay.differences());
      assertEquals(GoldenStateTest.told(at.engine.state()), GoldenStateTest.told(replay.state()));
    }
  }

  @Test
  void P7_recovery_makes_the_same_of_the_facts() throws Exception {
    EngineFixture at = EngineFixture.fresh();
    LaterStory.tell(at);
    String live = GoldenStateTest.told(at.engine.state());
    at = at.restarted();
    assertEquals(live, GoldenStateTest.told(at.engine.state()));
    at.close();
  }

  @Test
  void the_past_begins_with_its_first_record() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      LaterStory.tell(at);
      assertEquals(
          Optional.of(all(at).getFirst().stamp().now()),
          new JournalledPast(at.disk, EngineFixture.DATA).begins());
    }
  }

  /** A kind of input or fact that is new belongs into the story. */
  @Test
  void the_story_tells_of_all_that_came_with_the_channels() throws Exception {
    try (EngineFixture at = EngineFixture.fresh()) {
      LaterStory.tell(at);
      List<Decided> all = all(at);
      Set<String> told =
          Stream.concat(
                  all.stream().map(decided -> decided.input().getClass().getSimpleName()),
                  all.stream()
                      .flatMap(decided -> decided.facts().stream())
                      .map(fact -> fact.getClass().getSimpleName()))
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> missing =
          Stream.of(
                  Input.CallReported.class,
                  Input.AlertForwarded.class,
                  Input.CountyHeard.class,
                  Input.ExerciseOrdered.class,
                  Input.IncidentNoticed.class,
                  Input.AlertsMerged.class,
                  Input.AlertReopened.class,
                  Input.LadderHurried.class,
                  Input.HandoverAsked.class,
                  Input.FoundByAudit.class,
                  Fact.CallRang.class,
                  Fact.CallWent.class,
                  Fact.Forwarded.class,
                  Fact.CountySeen.class,
                  Fact.ExerciseBegan.class,
                  Fact.MergedFrom.class,
                  Fact.MergedInto.class,
                  Fact.Reopened.class,
                  Fact.Parted.class,
                  Fact.Hurried.class,
                  Fact.HandoverOffered.class,
                  Fact.HandoverEnded.class,
                  Fact.FoundSilent.class,
                  Fact.DeliveryEnded.class)
              .map(Class::getSimpleName)
              .filter(name -> !told.contains(name))
              .collect(Collectors.toCollection(TreeSet::new));
      missing.remove("FoundSilent"); // only what nothing happens in any more: AuditorTest
      assertEquals(Set.of(), missing);
      assertTrue(all.size() > 40);
    }
  }
}
