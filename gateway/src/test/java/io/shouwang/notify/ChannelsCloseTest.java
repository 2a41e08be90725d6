package io.shouwang.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.shouwang.notify.provider.Audience;
import io.shouwang.notify.provider.Notice;
import io.shouwang.notify.provider.Provider;
import io.shouwang.notify.provider.Quota;
import io.shouwang.notify.provider.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of all lines. */
final class ChannelsCloseTest {
  private final List<String> closed = new ArrayList<>();

  private final class Line implements Provider {
    private final String name;
    private final boolean breaks;

    Line(String name, boolean breaks) {
      this.name = name;
      this.breaks = breaks;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Audience audience() {
      return Audience.PERSON;
    }

    @Override
    public List<Quota> quotas() {
      return List.of();
    }

    @Override
    public Verdict submit(Notice notice) {
      return new Verdict.Accepted("");
    }

    @Override
    public void close() {
      closed.add(name);
      if (breaks) {
        throw new UncheckedIOException(new IOException("the socket is gone"));
      }
    }
  }

  @Test
  void a_line_that_breaks_at_its_end_leaves_no_other_open() {
    Channels.close(List.of(new Line("a", true), new Line("b", false), new Line("c", true)));
    assertEquals(List.of("a", "b", "c"), closed);
  }
}
