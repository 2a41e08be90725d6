package io.shouwang.registry;

import io.shouwang.host.Clock;
import io.shouwang.model.AreaId;
import io.shouwang.model.Finder;
import io.shouwang.model.Finder.Hits;
import io.shouwang.model.Finder.Question;
import io.shouwang.model.SearchWords;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.HdrHistogram.Histogram;

/**
 * What {@code scripts/bench search} runs: searches in a made-up city, by kind of question, first
 * alone and then while other threads keep every processor busy.
 */
public final class SearchBench {
  private static final int ROUNDS = 100;
  private static final int WARM_UP = 30;
  private static final int LIMIT = 20;
  private static final int WAKES = 5_000;

  private final SearchCity city;
  private final Finder finder;
  private final Random random = new Random(1);

  private SearchBench(SearchCity city, Finder finder) {
    this.city = city;
    this.finder = finder;
  }

  /**
   * Measures and prints.
   *
   * @param args how many elders
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    SearchCity city = new SearchCity(Integer.parseInt(args[0]), 1);
    Registry registry = city.registry();
    long before = usedBytes();
    long start = Clock.SYSTEM.nanos();
    registry.finder().prepare();
    double seconds = (Clock.SYSTEM.nanos() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s%nprepared in %.1f s; marks take %d MB, the whole heap is %d MB%n",
        registry.counts(),
        seconds,
        (usedBytes() - before) >> 20,
        usedBytes() >> 20);
    SearchBench bench = new SearchBench(city, registry.finder());
    bench.table("alone");
    bench.neighbours();
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      others.add(Thread.ofPlatform().daemon().start(() -> work(stop)));
    }
    bench.table("beside " + others.size() + " busy threads");
    stop.set(true);
    for (Thread other : others) {
      other.join();
    }
  }

  /**
   * What one search after the other costs those beside it: how late a virtual thread, such as the
   * one that rings somebody, wakes when it wants to wake each millisecond.
   */
  private void neighbours() throws InterruptedException {
    System.out.printf("%na virtual thread that wakes each millisecond is late by%n");
    lateness("nobody searches");
    AtomicBoolean stop = new AtomicBoolean();
    Thread searching =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              Random own = new Random(2);
              List<Function<Random, String>> kinds = List.copyOf(kinds().values());
              for (int i = 0; !stop.get(); i++) {
                String typed = kinds.get(i % kinds.size()).apply(own);
                finder.elders(new Question(SearchWords.of(typed), new AreaId("city"), LIMIT));
              }
            });
    lateness("one search after the other");
    stop.set(true);
    searching.join();
  }

  private static void lateness(String how) throws InterruptedException {
    Histogram late = new Histogram(3);
    Thread.ofVirtual()
        .start(() -> {
          for (int i = 0; i < WAKES; i++) {
            long start = Clock.SYSTEM.nanos();
            LockSupport.parkNanos(1_000_000);
            late.recordValue(Math.max(0, (Clock.SYSTEM.nanos() - start - 1_000_000) / 1_000));
          }
        })
        .join();
    System.out.printf(
        Locale.ROOT,
        "%-28s p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms%n",
        how,
        late.getValueAtPercentile(50) / 1e3,
        late.getValueAtPercentile(99) / 1e3,
        late.getValueAtPercentile(99.9) / 1e3);
  }

  private static void work(AtomicBoolean stop) {
    byte[] memory = new byte[32 << 20];
    CRC32 sum = new CRC32();
    while (!stop.get()) {
      sum.update(memory);
      memory[(int) (sum.getValue() & 0xffffff)]++;
    }
  }

  /** Kinds of questions, each about somebody who is there unless it says otherwise. */
  private Map<String, Function<Random, String>> kinds() {
    Map<String, Function<Random, String>> kinds = new LinkedHashMap<>();
    kinds.put("name", r -> city.name(r.nextInt(city.elders)));
    kinds.put("surname alone", r -> city.name(r.nextInt(city.elders)).substring(0, 1));
    kinds.put("given name", r -> city.name(r.nextInt(city.elders)).substring(1));
    kinds.put("pinyin initials", r -> initials(city.name(r.nextInt(city.elders))));
    kinds.put(
        "name and street",
        r -> {
          int elder = r.nextInt(city.homes);
          return city.name(elder) + " " + city.address(elder).substring(0, 4);
        });
    kinds.put("address to the door", r -> city.address(r.nextInt(city.homes)));
    kinds.put("building", r -> city.address(r.nextInt(city.homes)).substring(4, 10));
    kinds.put("what all have: 号楼", _ -> "号楼");
    kinds.put("telephone, whole", r -> city.phone(r.nextInt(city.homes)));
    kinds.put("telephone, last 4", r -> tail(city.mobile(r.nextInt(city.elders)), 4));
    kinds.put("telephone, last 6", r -> tail(city.mobile(r.nextInt(city.elders)), 6));
    kinds.put("elder's id", r -> "e-%07d".formatted(r.nextInt(city.elders)));
    kinds.put("device's id", r -> city.device(r.nextInt(city.homes)));
    kinds.put("device's last 8", r -> tail(city.device(r.nextInt(city.homes)), 8));
    kinds.put("nobody: name", _ -> "司徒雷登");
    kinds.put("nobody: number", _ -> "99999999999");
    return kinds;
  }

  private static String tail(String text, int length) {
    return text.substring(text.length() - length);
  }

  private static String initials(String name) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      letters.append((char) ('a' + Integer.numberOfTrailingZeros(Initials.of(name.charAt(i)))));
    }
    return letters.toString();
  }

  private void table(String how) {
    System.out.printf(
        Locale.ROOT,
        "%n%-22s %9s %9s %9s %9s %9s %9s %12s%n",
        how,
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "max ms",
        "cpu p95",
        "hits",
        "bytes each");
    Histogram all = new Histogram(3);
    Histogram cpu = new Histogram(3);
    kinds().forEach((kind, typed) -> line(kind, typed, all, cpu));
    print("all", all, cpu, "", "");
  }

  private void line(String kind, Function<Random, String> typed, Histogram all, Histogram allCpu) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Histogram times = new Histogram(3);
    Histogram cpu = new Histogram(3);
    long hits = 0;
    long bytes = 0;
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      Question question =
          new Question(SearchWords.of(typed.apply(random)), new AreaId("city"), LIMIT);
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long processor = threads.getCurrentThreadCpuTime();
      long start = Clock.SYSTEM.nanos();
      Hits<?> found = finder.elders(question);
      long nanos = Clock.SYSTEM.nanos() - start;
      processor = threads.getCurrentThreadCpuTime() - processor;
      if (i >= 0) {
        cpu.recordValue(processor / 1_000);
        allCpu.recordValue(processor / 1_000);
        bytes += threads.getCurrentThreadAllocatedBytes() - allocated;
        times.recordValue(nanos / 1_000);
        all.recordValue(nanos / 1_000);
        hits += found.count();
      }
    }
    print(kind, times, cpu, "%,d".formatted(hits / ROUNDS), "%,d".formatted(bytes / ROUNDS));
  }

  private static void print(
      String what, Histogram micros, Histogram cpu, String hits, String bytes) {
    System.out.printf(
        Locale.ROOT,
        "%-22s %9.1f %9.1f %9.1f %9.1f %9.1f %9s %12s%n",
        what,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(95) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getMaxValue() / 1e3,
        cpu.getValueAtPercentile(95) / 1e3,
        hits,
        bytes);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
