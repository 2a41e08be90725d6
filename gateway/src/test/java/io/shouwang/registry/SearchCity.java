package io.shouwang.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A made-up city to search: names as often as they are in China, addresses to the door, telephones,
 * two devices in each home, a relative for each elder. The same seed gives the same city.
 */
final class SearchCity {
  private static final String[] SURNAMES =
      ("王 王 王 王 王 李 李 李 李 李 张 张 张 张 张 刘 刘 刘 陈 陈 陈 杨 杨 黄 黄 赵 赵 吴 吴 周 周 徐 孙 马 朱 胡 郭 何"
              + " 林 高 罗 郑 梁 谢 宋 唐 许 邓 冯 韩 曹 曾 彭 萧 蔡 潘 田 董 袁 于 余 叶 蒋 杜 苏 魏 程 吕 丁 沈 任 姚 卢 傅"
              + " 钟 姜 崔 谭 廖 范 汪 陆 金 石 戴 贾 韦 夏 邱 方 侯 邹 熊 孟 秦 白 江 阎 薛 尹 段 雷 黎 史 龙 陶 贺 顾 毛 郝"
              + " 龚 邵 万 钱 严 单 解 仇 区 翟 欧阳 司马")
          .split(" ", -1);
  private static final String GIVEN =
      "秀英桂兰玉珍凤淑华芳梅春建国明德福永志文生宝林荣贵祥发根水金银龙虎山海云霞红军平安康宁美丽娟婷静敏慧琴雪莲素巧惠香菊" + "仁义礼智信忠孝廉耀辉庆洪松柏杨柳青竹石玉";
  private static final String[] STREETS =
      "荷花 桃花 星河 幸福 人民 解放 建设 和平 长江 黄河 中山 学田 虹桥 城东 城西 任港 狼山 观音山 钟秀 秦灶 文峰 新城 陈桥 幸余 永兴 唐闸 天生港 平潮 先锋 兴东"
          .split(" ", -1);
  private static final int HOMES_PER_GRID = 350;
  private static final int GRIDS_PER_STREET = 30;

  final int homes;
  final int elders;
  private final long seed;

  SearchCity(int elders, long seed) {
    this.elders = elders;
    this.homes = elders * 20 / 23;
    this.seed = seed;
  }

  Registry registry() throws IOException {
    return TestRegistry.accepted(RegistryReader.read(this::file, null));
  }

  private byte @Nullable [] file(String name) {
    int grids = homes / HOMES_PER_GRID + 1;
    int streets = grids / GRIDS_PER_STREET + 1;
    return switch (name) {
      case "areas.csv" ->
          rows(
              "id,name,parent,level\ncity,云锦市,,city",
              streets + grids,
              i ->
                  i < streets
                      ? "j-%d,%s街道%s,city,street"
                          .formatted(i, STREETS[i % STREETS.length], i < STREETS.length ? "" : i)
                      : "g-%d,%s社区第%d网格,j-%d,grid"
                          .formatted(
                              i - streets,
                              STREETS[(i * 7) % STREETS.length],
                              i - streets,
                              (i - streets) / GRIDS_PER_STREET));
      case "homes.csv" -> rows("id,address,area,phone,access,building", homes, this::home);
      case "elders.csv" ->
          rows("id,home,name,birth_year,phone,category,ability,notes", elders, this::elder);
      case "devices.csv" -> rows("id,type,home,elder", homes, this::devices);
      case "responders.csv" ->
          rows(
              "id,name,phone,language\ndesk,值班台,12349,zh",
              homes,
              i -> "r-%07d,%s,%s,zh".formatted(i, name(2_000_000L + i), mobile(2_000_000L + i)));
      case "contacts.csv" ->
          rows(
              "responder,role,relation,elder,home,area\ndesk,duty_desk,,,,city",
              homes,
              i -> "r-%07d,relative,女儿,e-%07d,,".formatted(i, i));
      case "operators.csv" -> rows("id,name,roles,area", 0, _ -> "");
      default -> null;
    };
  }

  private Random random(long of) {
    return new Random(seed * 31 + of * 0x9E3779B97F4A7C15L);
  }

  String name(long of) {
    Random random = random(of);
    StringBuilder name = new StringBuilder(SURNAMES[random.nextInt(SURNAMES.length)]);
    for (int i = random.nextInt(10) == 0 ? 1 : 0; i < 2; i++) {
      name.append(GIVEN.charAt(random.nextInt(GIVEN.length())));
    }
    return name.toString();
  }

  String mobile(long of) {
    return "1"
        + (30 + random(of + 7).nextInt(60))
        + "%08d".formatted(random(of + 9).nextInt(100_000_000));
  }

  String phone(int home) {
    return "0513-" + (80_000_000 + home);
  }

  private String building(int home) {
    Random random = random(home / 40);
    int street = home / HOMES_PER_GRID / GRIDS_PER_STREET;
    return STREETS[street % STREETS.length]
        + "街道"
        + STREETS[random.nextInt(STREETS.length)]
        + "里"
        + (1 + random.nextInt(60))
        + "号楼";
  }

  String address(int home) {
    Random random = random(home + 5_000_000L);
    return building(home)
        + (1 + random.nextInt(4))
        + "单元"
        + (1 + random.nextInt(24))
        + "0"
        + (1 + random.nextInt(4))
        + "室";
  }

  private String home(int home) {
    return "h-%07d,%s,g-%d,%s,钥匙在邻居家,%s"
        .formatted(
            home, address(home), home / HOMES_PER_GRID, phone(home), building(home).substring(4));
  }

  private String elder(int elder) {
    return "e-%07d,h-%07d,%s,%d,%s,living_alone,mostly_able,高血压"
        .formatted(elder, elder % homes, name(elder), 1925 + elder % 40, mobile(elder));
  }

  String device(int home) {
    return "8601%011d".formatted((home * 7_919L) % 100_000_000_000L);
  }

  private String devices(int home) {
    return "%s,bracelet,h-%07d,e-%07d\nsmk-%07d,smoke,h-%07d,"
        .formatted(device(home), home, home, home, home);
  }

  private static byte[] rows(String head, int count, IntFunction<String> row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < count; i++) {
      out.write('\n');
      out.writeBytes(row.apply(i).getBytes(StandardCharsets.UTF_8));
    }
    out.write('\n');
    return out.toByteArray();
  }
}
