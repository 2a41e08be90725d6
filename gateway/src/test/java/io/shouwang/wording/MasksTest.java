package io.shouwang.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Names, numbers and doors as those see them who need no more. */
class MasksTest {

  private static void each(UnaryOperator<String> mask, Map<String, String> cases) {
    cases.forEach((plain, masked) -> {
      assertEquals(masked, mask.apply(plain), plain);
      assertEquals(masked, mask.apply(masked), plain + " masked again");
    });
  }

  @Test
  void names() {
    each(
        Masks::name,
        Map.of(
            "王秀兰", "王**",
            "王芳", "王**",
            "欧阳修", "欧阳**",
            "司马相如", "司马**",
            "欧阳", "欧**",
            "阿卜杜拉·热合曼", "阿**·热**",
            "买买提•艾力", "买**·艾**",
            "Anna Smith", "A**",
            "𠮷田", "𠮷**",
            "", ""));
  }

  @Test
  void phones() {
    each(
        Masks::phone,
        Map.of(
            "13800000001", "138****0001",
            "+8613800000001", "+86138****0001",
            "138 0000-0001", "138****0001",
            "0513-85000001", "051****0001",
            "85000001", "****01",
            "12349", "12349",
            "120", "120",
            "", ""));
  }

  @Test
  void addresses() {
    each(
        Masks::address,
        Map.of(
            "东城街道幸福小区3幢2单元501室", "东城街道幸福小区3幢**",
            "和平新村12号楼甲门302", "和平新村12号楼**",
            "中山路12号501室", "中山路12号**",
            "张家村4组12号", "张家村4组**",
            "桥头镇李家宅", "桥头镇李家宅",
            "", ""));
    assertEquals("中山路**", Masks.address("中山路3弄"));
  }
}
