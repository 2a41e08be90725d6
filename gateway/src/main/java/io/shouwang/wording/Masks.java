package io.shouwang.wording;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a person's data is written for whoever must tell people apart and needs no more (P8): pure,
 * and the one place that does it. What is masked doesn't say how long it was, and masking it again
 * changes nothing.
 */
public final class Masks {
  private static final String HIDDEN = "**";

  /** Of two characters; the usual ones (百家姓 and the ministry's list of surnames). */
  private static final Set<String> COMPOUND_SURNAMES =
      Set.of(
          "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连",
          "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于",
          "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋",
          "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "梁丘", "左丘", "东门", "西门", "第五",
          "纳兰", "完颜", "欧陽", "司馬", "諸葛", "東方", "鍾離", "長孫");

  /** Between the parts of Uyghur, Kazakh, Tibetan and foreign names, as people type it. */
  private static final Pattern DOT = Pattern.compile("[·•・‧∙⋅.．]");

  private static final Pattern BUILDING =
      Pattern.compile("[0-9０-９A-Za-z一二三四五六七八九十百甲乙丙丁东西南北]+\\s*(?:幢|栋|棟|号楼|號樓|座)");

  /** A number, and something behind it: the number is the building's, what follows the door's. */
  private static final Pattern NUMBER = Pattern.compile("[0-9０-９一二三四五六七八九十百]+(?:-[0-9]+)?\\s*[号號]");

  private static final Pattern DIGIT = Pattern.compile("[0-9０-９,，#]");
  private static final int MOBILE_DIGITS = 11;
  private static final int SUBSCRIBER_DIGITS_MIN = 7;

  private Masks() {}

  /** {@code 王**}, {@code 欧阳**}, {@code 阿**·热**}, {@code A**}. */
  public static String name(String name) {
    String plain = name.strip();
    if (plain.isEmpty() || plain.endsWith(HIDDEN)) {
      return plain;
    }
    String[] parts = DOT.split(plain, -1);
    if (parts.length == 2 && !parts[0].isBlank() && !parts[1].isBlank()) {
      return first(parts[0]) + HIDDEN + "·" + first(parts[1]) + HIDDEN;
    }
    boolean isCompound = plain.length() > 2 && COMPOUND_SURNAMES.contains(plain.substring(0, 2));
    return (isCompound ? plain.substring(0, 2) : first(plain)) + HIDDEN;
  }

  /**
   * Its first character, whole even when Java takes two for it: rare surnames are beyond the BMP.
   */
  private static String first(String text) {
    String stripped = text.strip();
    return stripped.substring(0, stripped.offsetByCodePoints(0, 1));
  }

  /**
   * {@code 138****0000}; of a shorter number the last two digits. A short code such as 12349 is
   * nobody's own and stays.
   */
  public static String phone(String phone) {
    String plain = phone.strip();
    String country = plain.startsWith("+86") ? "+86" : "";
    String digits = plain.substring(country.length()).replaceAll("[^0-9*]", "");
    if (digits.length() < SUBSCRIBER_DIGITS_MIN) {
      return digits.equals(plain) || digits.contains("*") ? plain : digits;
    }
    if (digits.contains("*")) {
      return plain;
    }
    return digits.length() >= MOBILE_DIGITS
        ? country + digits.substring(0, 3) + "****" + digits.substring(digits.length() - 4)
        : country + "****" + digits.substring(digits.length() - 2);
  }

  /**
   * An address as far as its building, without the door. Where a house stands alone its number is
   * the door: as far as the village or street then.
   */
  public static String address(String address) {
    String plain = address.strip();
    if (plain.endsWith(HIDDEN)) {
      return plain;
    }
    Matcher building = BUILDING.matcher(plain);
    if (building.find()) {
      return cut(plain, building.end());
    }
    Matcher number = NUMBER.matcher(plain);
    if (number.find()) {
      boolean isMore = !plain.substring(number.end()).isBlank();
      return cut(plain, isMore ? number.end() : number.start());
    }
    Matcher digit = DIGIT.matcher(plain);
    return digit.find() ? cut(plain, digit.start()) : plain;
  }

  private static String cut(String plain, int end) {
    return end == plain.length() ? plain : plain.substring(0, end).strip() + HIDDEN;
  }
}
