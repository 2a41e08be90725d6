package io.shouwang.custom;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked CEL expression that says true or false of a {@link Scene}. It has no functions but
 * CEL's standard ones, which ask neither clock nor world; bounds on its length, depth and steps
 * keep a look within about a millisecond. Immutable; any thread.
 */
final class Expression {
  static final int CODE_POINTS_MAX = 2_000;
  private static final int DEPTH_MAX = 32;
  private static final int NODES_MAX = 1_000;
  private static final int STEPS_MAX = 2_000;
  private static final int PATTERN_MAX = 500;
  private static final int PATHS_MAX = 8;
  private static final Set<String> VARIABLES =
      Set.of("event", "home", "elder", "now", "hour", "weekday");

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(CODE_POINTS_MAX)
          .maxParseRecursionDepth(DEPTH_MAX)
          .maxParseExpressionNodeCount(NODES_MAX)
          .comprehensionMaxIterations(STEPS_MAX)
          .maxRegexProgramSize(PATTERN_MAX)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private final CelRuntime.Program program;
  private final Set<String> variables;
  private final List<List<String>> paths;

  private Expression(
      CelRuntime.Program program, Set<String> variables, Collection<List<String>> paths) {
    this.program = program;
    this.variables = variables;
    this.paths = List.copyOf(paths);
  }

  /**
   * Compiles a text.
   *
   * @param atEvents whether it may speak of an event
   * @param mistakes receives what is wrong with it
   * @return null if anything is
   */
  static @Nullable Expression compile(String text, boolean atEvents, List<Mistake> mistakes) {
    CelCompilerBuilder compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(new Vocabulary())
            .addVar("home", Vocabulary.HOME)
            .addVar("elder", Vocabulary.ELDER)
            .addVar("now", SimpleType.TIMESTAMP)
            .addVar("hour", SimpleType.INT)
            .addVar("weekday", SimpleType.INT)
            .setResultType(SimpleType.BOOL);
    if (atEvents) {
      compiler.addVar("event", Vocabulary.EVENT);
    }
    try {
      CelCompiler checker = compiler.build();
      CelAbstractSyntaxTree tree = checker.compile(text).getAst();
      checkLiterals(checker, tree, mistakes);
      if (!mistakes.isEmpty()) {
        return null;
      }
      if (!tree.getResultType().equals(SimpleType.BOOL)) {
        mistakes.add(new Mistake(1, 1, "is not surely true or false; compare it with something"));
        return null;
      }
      CelRuntime.Program program = RUNTIME.createProgram(tree);
      Set<String> variables = new LinkedHashSet<>();
      Set<List<String>> paths = new LinkedHashSet<>();
      CelNavigableAst.fromAst(tree)
          .getRoot()
          .allNodes()
          .forEach(node -> spoken(node.expr(), variables, paths));
      return new Expression(program, Set.copyOf(variables), paths);
    } catch (CelValidationException wrong) {
      wrong.getErrors().forEach(issue -> mistakes.add(mistake(issue)));
    } catch (CelEvaluationException | RuntimeException | StackOverflowError wrong) {
      mistakes.add(new Mistake(1, 1, words(String.valueOf(wrong.getMessage()))));
    }
    return null;
  }

  /** What would only fail when it is asked: a pattern, a time or a duration that is none. */
  private static void checkLiterals(
      CelCompiler compiler, CelAbstractSyntaxTree tree, List<Mistake> mistakes) {
    CelValidatorFactory.standardCelValidatorBuilder(compiler, RUNTIME)
        .addAstValidators(
            RegexLiteralValidator.INSTANCE,
            TimestampLiteralValidator.INSTANCE,
            DurationLiteralValidator.INSTANCE)
        .build()
        .validate(tree)
        .getErrors()
        .forEach(issue -> mistakes.add(mistake(issue)));
  }

  private static Mistake mistake(CelIssue issue) {
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
    return new Mistake(line, column, words(issue.getMessage()));
  }

  /** CEL's own words, without the long list of what else it would have taken. */
  private static String words(String message) {
    int list = message.indexOf(" (candidates: ");
    String head = list < 0 ? message : message.substring(0, list);
    return head.replace(" (in container '')", "");
  }

  private static void spoken(CelExpr expr, Set<String> variables, Set<List<String>> paths) {
    if (expr.getKind() == Kind.IDENT && VARIABLES.contains(expr.ident().name())) {
      variables.add(expr.ident().name());
    }
    List<String> path = new ArrayList<>();
    CelExpr at = expr;
    while (at.getKind() == Kind.SELECT && !at.select().testOnly()) {
      path.addFirst(at.select().field());
      at = at.select().operand();
    }
    boolean isPath =
        at.getKind() == Kind.IDENT
            && VARIABLES.contains(at.ident().name())
            && (path.size() > 0 || at.ident().name().equals("hour"));
    if (isPath && paths.size() < PATHS_MAX) {
      path.addFirst(at.ident().name());
      paths.add(List.copyOf(path));
    }
  }

  /** Whether it speaks of a variable: the others need not be made. */
  boolean uses(String variable) {
    return variables.contains(variable);
  }

  /** What it speaks of, such as {@code home.silent_minutes}, in its order; the first few. */
  List<List<String>> paths() {
    return paths;
  }

  /**
   * Whether it holds.
   *
   * @throws CelEvaluationException if it can't be said, such as for a field the event doesn't have
   */
  boolean holds(Map<String, Object> values) throws CelEvaluationException {
    return program.eval(values) instanceof Boolean held && held;
  }
}
