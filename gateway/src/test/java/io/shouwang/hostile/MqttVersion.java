package io.shouwang.hostile;

/** The two versions that are spoken. */
enum MqttVersion {
  V3_1_1(4),
  V5(5);

  final int level;

  MqttVersion(int level) {
    this.level = level;
  }
}
