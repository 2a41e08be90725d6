package io.shouwang.engine;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.shouwang.alerts.Delivery;
import io.shouwang.alerts.Fact;
import io.shouwang.alerts.Home;
import io.shouwang.alerts.Subject;
import io.shouwang.model.AlertId;
import io.shouwang.model.AreaId;
import io.shouwang.model.DeliveryKey;
import io.shouwang.model.DeviceId;
import io.shouwang.model.ElderId;
import io.shouwang.model.EventKey;
import io.shouwang.model.Fence;
import io.shouwang.model.HomeId;
import io.shouwang.model.Input;
import io.shouwang.model.Kind;
import io.shouwang.model.Outcome;
import io.shouwang.model.ResponderId;
import io.shouwang.model.Role;
import io.shouwang.senses.Senses;
import io.shouwang.senses.SensesCodec;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Facts, inputs and homes as CBOR (RFC 8949). Each sealed type carries its simple name; unknown
 * fields are passed over, so that a field may be added; a renamed or removed one breaks the golden
 * segments' test. Any thread.
 */
final class Cbor {
  private static final CBORMapper MAPPER = mapper();
  private static final ObjectWriter FACTS = MAPPER.writerFor(listOf(Fact.class));
  private static final ObjectReader FACTS_READER = MAPPER.readerFor(listOf(Fact.class));
  private static final ObjectWriter INPUT = MAPPER.writerFor(Input.class);
  private static final ObjectReader INPUT_READER = MAPPER.readerFor(Input.class);
  private static final ObjectWriter HOME = MAPPER.writerFor(Home.class);
  private static final ObjectReader HOME_READER = MAPPER.readerFor(Home.class);

  private Cbor() {}

  static byte[] facts(List<Fact> facts) {
    return written(() -> FACTS.writeValueAsBytes(facts));
  }

  static List<Fact> facts(byte[] bytes) {
    return List.copyOf(read(() -> FACTS_READER.<List<Fact>>readValue(bytes)));
  }

  static byte[] input(Input input) {
    return written(() -> INPUT.writeValueAsBytes(input));
  }

  static Input input(byte[] bytes) {
    return read(() -> INPUT_READER.readValue(bytes));
  }

  static byte[] home(Home home) {
    return written(() -> HOME.writeValueAsBytes(home));
  }

  static Home home(byte[] bytes) {
    return read(() -> HOME_READER.readValue(bytes));
  }

  static <T> byte[] value(T value) {
    return written(() -> MAPPER.writeValueAsBytes(value));
  }

  static <T> T value(byte[] bytes, Class<T> type) {
    return read(() -> MAPPER.readValue(bytes, type));
  }

  private interface Attempt<T> {
    T run() throws IOException;
  }

  private static <T> T written(Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (IOException e) {
      throw new IllegalStateException("a value of ours can't be written", e);
    }
  }

  private static <T> T read(Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (IOException e) {
      throw new UnreadableRecord(e);
    }
  }

  /** A time that is too far away becomes the farthest: no input may be unwritable. */
  private static long millis(Instant at) {
    try {
      return at.toEpochMilli();
    } catch (ArithmeticException far) {
      return at.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static JavaType listOf(Class<?> type) {
    return MAPPER.getTypeFactory().constructCollectionType(List.class, type);
  }

  private static CBORMapper mapper() {
    CBORFactory factory =
        // Half a sign in a text becomes U+FFFD: no input may be unwritable, which stops the engine.
        CBORFactory.builder().enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING).build();
    CBORMapper mapper = new CBORMapper(factory);
    mapper.setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE);
    mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    mapper.setVisibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY);
    mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    for (Class<?> sealed :
        List.of(Fact.class, Input.class, Subject.class, Delivery.Recipient.class, Outcome.class)) {
      mapper.addMixIn(sealed, Tagged.class);
      register(mapper, sealed);
    }
    SimpleModule module = new SimpleModule();
    text(module, DeviceId.class, DeviceId::value, DeviceId::new);
    text(module, ElderId.class, ElderId::value, ElderId::new);
    text(module, HomeId.class, HomeId::value, HomeId::new);
    text(module, ResponderId.class, ResponderId::value, ResponderId::new);
    text(module, AreaId.class, AreaId::value, AreaId::new);
    text(module, AlertId.class, AlertId::value, AlertId::new);
    text(module, Fence.FenceId.class, Fence.FenceId::value, Fence.FenceId::new);
    text(module, Kind.class, Kind::value, Kind::new);
    text(module, Role.class, Role::value, Role::new);
    text(module, DeliveryKey.class, DeliveryKey::toString, DeliveryKey::parse);
    number(module, Instant.class, Cbor::millis, Instant::ofEpochMilli);
    number(module, Duration.class, Duration::toMillis, Duration::ofMillis);
    module.addSerializer(new SetWriter());
    module.addSerializer(Senses.class, new SensesWriter());
    module.addDeserializer(Senses.class, new SensesReader());
    module.addSerializer(EventKey.class, new KeyWriter());
    module.addDeserializer(EventKey.class, new KeyReader());
    mapper.registerModule(module);
    return mapper;
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  private interface Tagged {}

  private static void register(CBORMapper mapper, Class<?> type) {
    Class<?>[] parts = type.getPermittedSubclasses();
    if (parts == null) {
      mapper.registerSubtypes(new NamedType(type, type.getSimpleName()));
      return;
    }
    for (Class<?> part : parts) {
      register(mapper, part);
    }
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(
        type,
        new JsonSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider all)
              throws IOException {
            out.writeString(write.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new JsonDeserializer<T>() {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read.apply(in.getText());
          }
        });
  }

  private static <T> void number(
      SimpleModule module, Class<T> type, Function<T, Long> write, Function<Long, T> read) {
    module.addSerializer(
        type,
        new JsonSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider all)
              throws IOException {
            out.writeNumber(write.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new JsonDeserializer<T>() {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
              throw new IOException("expected a number of milliseconds");
            }
            return read.apply(in.getLongValue());
          }
        });
  }

  /**
   * In the order of their words: the order of a set is another in each process, and the same facts
   * must give the same bytes.
   */
  @SuppressWarnings("serial") // nothing of ours is written by Java's own serialization
  private static final class SetWriter extends StdSerializer<Set<?>> {
    SetWriter() {
      super(Set.class, true);
    }

    @Override
    public void serialize(Set<?> set, JsonGenerator out, SerializerProvider all)
        throws IOException {
      List<Object> sorted = new ArrayList<>(set);
      sorted.sort(Comparator.comparing(String::valueOf));
      out.writeStartArray(set, sorted.size());
      for (Object one : sorted) {
        all.defaultSerializeValue(one, out);
      }
      out.writeEndArray();
    }
  }

  private static final class SensesWriter extends JsonSerializer<Senses> {
    @Override
    public void serialize(Senses senses, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeBinary(SensesCodec.write(senses));
    }
  }

  private static final class SensesReader extends JsonDeserializer<Senses> {
    @Override
    public Senses deserialize(JsonParser in, DeserializationContext context) throws IOException {
      try {
        return SensesCodec.read(in.getBinaryValue());
      } catch (IllegalArgumentException | BufferUnderflowException e) {
        throw new IOException("the senses of a home can't be read", e);
      }
    }
  }

  private static final class KeyWriter extends JsonSerializer<EventKey> {
    @Override
    public void serialize(EventKey key, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeBinary(ByteBuffer.allocate(16).putLong(key.high()).putLong(key.low()).array());
    }
  }

  private static final class KeyReader extends JsonDeserializer<EventKey> {
    @Override
    public EventKey deserialize(JsonParser in, DeserializationContext context) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(in.getBinaryValue());
      return new EventKey(bytes.getLong(), bytes.getLong());
    }
  }
}
