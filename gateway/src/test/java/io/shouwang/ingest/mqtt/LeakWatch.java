package io.shouwang.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test class that leaks a buffer, by Netty's paranoid detector. */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
    lines.start();
    logger().addAppender(lines);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    // A leak is reported when the next buffer is made after the lost one was collected.
    for (int round = 0; round < 3; round++) {
      System.gc();
      UnpooledByteBufAllocator.DEFAULT.buffer(1).release();
      io.netty.buffer.ByteBufAllocator.DEFAULT.buffer(1).release();
    }
    logger().detachAppender(lines);
    assertEquals(
        List.of(),
        lines.list.stream()
            .map(ILoggingEvent::getFormattedMessage)
            .filter(line -> line.contains("LEAK"))
            .toList());
  }
}
