package io.shouwang.sim.district;

/** Takes down what really happens in one home; civil times in, truths out. */
final class Chronicle {
  private final String home;
  private final Civil civil;
  private final Ear ear;

  Chronicle(String home, Civil civil, Ear ear) {
    this.home = home;
    this.civil = civil;
    this.ear = ear;
  }

  /** Something about the home or one of its devices; empty if no device in particular. */
  void note(String kind, String device, long from, long to, String detail) {
    ear.truth(new Truth(kind, home, "", device, civil.utc(from), civil.utc(to), detail));
  }

  void note(String kind, Person person, String device, long from, long to, String detail) {
    ear.truth(new Truth(kind, home, person.id, device, civil.utc(from), civil.utc(to), detail));
  }
}
