package io.shouwang.ingest.mqtt;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** The default limits with one changed. */
final class Limits {
  private Limits() {}

  static MqttSettings.Limits with(String name, Object value) {
    return with(MqttSettings.Limits.DEFAULT, name, value);
  }

  static MqttSettings.Limits with(MqttSettings.Limits limits, String name, Object value) {
    RecordComponent[] components = MqttSettings.Limits.class.getRecordComponents();
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < values.length; i++) {
        boolean chosen = components[i].getName().equals(name);
        values[i] = chosen ? value : components[i].getAccessor().invoke(limits);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return MqttSettings.Limits.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
