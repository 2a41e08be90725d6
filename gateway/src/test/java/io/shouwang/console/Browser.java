package io.shouwang.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Debian's Chromium without a screen, steered through WebDriver. Waits inside the page. */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ChromeDriver driver;
  private final String origin;

  Browser(Site site, String language) {
    this(site, language, 1440, 900);
  }

  Browser(Site site, String language, int width, int height) {
    this("http://127.0.0.1:" + site.server.port(), language, width, height);
  }

  /** Looks at whatever serves there, like {@code http://127.0.0.1:8080}. */
  public Browser(String origin, String language, int width, int height) {
    this.origin = origin;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(command("chromium"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // root in a container has no user namespaces to build one of
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-proxy-server",
        "--lang=" + language);
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of(command("chromedriver")).toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
    driver.manage().window().setSize(new Dimension(width, height));
  }

  private static String command(String name) {
    return Stream.of(Objects.requireNonNull(System.getenv("PATH")).split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the tests need " + name))
        .toString();
  }

  /** Goes to a page. */
  public void open(String path) {
    driver.get(origin + path);
  }

  /** Opens the page and enters as an operator. */
  void enter(String operator) {
    open("/");
    login("token-of-" + operator);
    until("return document.querySelector('.live.live')");
  }

  /** Opens the page at a seat that somebody has already. */
  void sit(String cookie) {
    open("/icon.svg");
    driver.manage().addCookie(new Cookie("shouwang", cookie));
    open("/");
    until("return document.querySelector('.live.live')");
  }

  /** Comes in with a program's token. */
  void login(String token) {
    until("const way = document.querySelector('details.token'); return way && (way.open = true)");
    find("#token").sendKeys(token, Keys.ENTER);
  }

  /** Comes in as somebody with an account. */
  public void login(String user, String password) {
    until("return document.querySelector('duty-login [name=user]')");
    find("duty-login [name=user]").sendKeys(user);
    find("duty-login [name=password]").sendKeys(password, Keys.ENTER);
  }

  /** The first element. */
  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Every element. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** What can be read of an element. */
  public String text(String selector) {
    return find(selector).getText();
  }

  /** Clicks on an element that can be seen. */
  public void click(String selector) {
    find(selector).click();
  }

  /** Presses keys wherever the focus is. */
  public void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Runs a piece of script in the page; its answer. */
  public @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until a piece of script in the page answers something. */
  public @Nullable Object until(String condition) {
    return driver.executeAsyncScript(
        "const done = arguments[0]; const look = () => { const is = (() => { "
            + condition
            + " })(); if (is) done(is === true || is.nodeType ? 'yes' : is); else setTimeout(look,"
            + " 20); }; look();");
  }

  /** Waits until an element holds a text. */
  public void untilText(String selector, String text) {
    until(
        "return [...document.querySelectorAll('%s')].some((one) => one.textContent.includes('%s'))"
            .formatted(selector, text));
  }

  /** Runs a script that answers later, by its last argument. */
  public @Nullable Object later(String script) {
    return driver.executeAsyncScript(script);
  }

  /** What axe finds serious or critical: rule, and where. */
  List<?> axe() throws IOException {
    String path = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    try (InputStream in = Browser.class.getResourceAsStream(path)) {
      driver.executeScript(
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<?>)
        Objects.requireNonNull(
            driver.executeAsyncScript(
                """
                const done = arguments[0];
                axe.run(document, { runOnly: { type: 'tag', values:
                    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
                    rules: { 'target-size': { enabled: true } } })
                  .then((found) => done(found.violations
                    .filter((one) => ['serious', 'critical'].includes(one.impact))
                    .map((one) => one.id + ': ' + one.nodes.map((node) => node.target + ' '
                        + node.failureSummary).join('; '))),
                    (error) => done(['axe failed: ' + error]));
                """));
  }

  /** What the page complained about: an error of a script, or what the policy refused. */
  public List<String> complaints() {
    return said("Uncaught", "Content Security Policy");
  }

  /**
   * What the page complained about, or asked for in vain: what its caller has no right to, or what
   * isn't there.
   */
  List<String> refusals() {
    return said("Uncaught", "Content Security Policy", "status of 403", "status of 404");
  }

  private List<String> said(String... words) {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(entry -> entry.getMessage())
        .filter(text -> Stream.of(words).anyMatch(text::contains))
        .toList();
  }

  /** Keeps a picture beside the build's other results. */
  public void picture(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Keeps a picture for the manuals, which {@code scripts/pictures} takes over. */
  public void keep(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pictures", "manual"));
    Files.write(
        folder.resolve(name + ".png"), Palette.fewer(driver.getScreenshotAs(OutputType.BYTES)));
  }

  /** From now on the window is a phone's, 360 to 640, with a fine screen. */
  public void becomePhone() {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 640, "deviceScaleFactor", 2, "mobile", true));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
