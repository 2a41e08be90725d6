package io.shouwang.sim.district;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fences, and what is noted about who crosses them. */
final class FenceTest {
  private static final Place HOME = new Place(33.5, 119);

  @Test
  void aCircleAndAPolygonHoldWhatIsInside() {
    Fence.Shape circle = new Fence.Circle(HOME, 500);
    assertTrue(circle.holds(HOME.moved(490, 0)));
    assertFalse(circle.holds(HOME.moved(0, 510)));
    assertEquals("circle 33.500000 119.000000 500", circle.text());
    Fence.Shape square =
        new Fence.Polygon(
            List.of(HOME, HOME.moved(100, 0), HOME.moved(100, 100), HOME.moved(0, 100)));
    assertTrue(square.holds(HOME.moved(50, 50)));
    assertFalse(square.holds(HOME.moved(50, 150)));
    assertFalse(square.holds(HOME.moved(-50, 50)));
    assertTrue(square.text().startsWith("polygon 33.500000 119.000000; 33.500898 119.000000; "));
  }

  @Test
  void leavingAndComingBackIsNotedWhenTheBorderIsCrossed() {
    List<Truth> truths = new ArrayList<>();
    Ear ear =
        new Ear() {
          @Override
          public void event(Gadget device, long claimed, long received, String kind, String value) {
            throw new AssertionError("a crossing says nothing by itself");
          }

          @Override
          public void truth(Truth truth) {
            truths.add(truth);
          }
        };
    Person person = fenced();
    Fence.Circle safe = (Fence.Circle) person.fences.getFirst().shape();
    Place far = HOME.moved(safe.radiusMetres() * 2, 0);
    Track track = Track.thereAndBack(HOME, far, 0, 7_200);
    Civil civil = new Civil(ZoneOffset.UTC);
    new Crossings(new Chronicle("h-1", civil, ear))
        .of(new Stretch(0, 7_200, Activity.OUT, track), person);
    Truth left =
        truths.stream()
            .filter(truth -> truth.kind().equals("fence_left"))
            .findFirst()
            .orElseThrow();
    assertFalse(safe.holds(track.at(left.from())));
    assertTrue(safe.holds(track.at(left.from() - 30)));
    assertTrue(safe.holds(track.at(left.to())));
  }

  /** Somebody whose one safe area lies around the home. */
  private static Person fenced() {
    Dice dice = Dice.of(3, Dice.Purpose.TRAITS, 1, 0);
    while (true) {
      Gadget band = new Gadget("band-1", Gadget.Type.BRACELET, Gadget.Room.LIVING, dice);
      Habits habits = new Habits(EnumSet.of(LifeKind.REGULAR), false, dice);
      Person person = new Person(3, 1, 0, "e-1", habits, band, HOME, dice);
      if (person.fences.stream().filter(fence -> !fence.danger()).count() == 1) {
        return person;
      }
    }
  }
}
