package dev.lintel.cli;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.manifest.Manifest;
import dev.lintel.policy.Exemption;
import dev.lintel.policy.Exemption.ResourceGlob;
import dev.lintel.policy.Glob;
import dev.lintel.policy.Policy;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Findings that somebody accepts for one run. They become exemptions of the policy, which is the
 * one place that decides what comes of a finding.
 */
final class Suppressions {

  /** Accepts nothing. */
  static final Suppressions NONE = new Suppressions(List.of());

  private static final Glob ALL = new Glob("*");
  private static final int MOST_LETTERS = 1024;

  private final List<Suppression> suppressions;

  private Suppressions(List<Suppression> suppressions) {
    this.suppressions = List.copyOf(suppressions);
  }

  /**
   * One of them.
   *
   * @param written as it stands on the command line
   * @param rules the codes of the rules; empty for all
   * @param glob the object or the file; empty for all
   */
  private record Suppression(String written, Set<String> rules, Optional<Glob> glob) {}

  /**
   * Reads what the command line says: {@code CODE}, or {@code CODE:glob} for objects ({@code
   * Kind/namespace/name}, {@code namespace/name} or a name) and files.
   *
   * @throws IllegalArgumentException if one of them is none; the message says what it should be
   */
  static Suppressions of(List<String> written, RuleCatalogue catalogue) {
    return new Suppressions(written.stream().map(word -> read(word, catalogue)).toList());
  }

  private static Suppression read(String written, RuleCatalogue catalogue) {
    int colon = written.indexOf(':');
    String code = (colon < 0 ? written : written.substring(0, colon)).strip();
    String glob = colon < 0 ? "" : written.substring(colon + 1).strip();
    if (colon >= 0 && glob.isEmpty() || written.length() > MOST_LETTERS) {
      throw new IllegalArgumentException("`%s` is neither CODE nor CODE:glob".formatted(written));
    }
    Set<String> rules = code.equals("*") ? Set.of() : Set.of(code(code, catalogue));
    return new Suppression(
        written, rules, Optional.of(glob).filter(text -> !text.isEmpty()).map(Glob::new));
  }

  private static String code(String word, RuleCatalogue catalogue) {
    List<String> names =
        catalogue.rules().stream()
            .flatMap(rule -> Stream.of(rule.info().code(), rule.info().name()))
            .toList();
    return RuleNames.find(catalogue, word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no rule is called `%s`%s"
                        .formatted(
                            word,
                            Spelling.nearest(word, names)
                                .map("; did you mean `%s`?"::formatted)
                                .orElse("; `lintel rules` lists all"))))
        .code();
  }

  /**
   * Returns a policy under which they are exempt.
   *
   * @param objects the objects that are judged, with the manifests that they stand in
   */
  Policy appliedTo(Policy policy, Map<Manifest, ResourceRef> objects) {
    return suppressions.isEmpty()
        ? policy
        : policy.exempting(suppressions.stream().map(each -> exemption(each, objects)).toList());
  }

  private static Exemption exemption(Suppression each, Map<Manifest, ResourceRef> objects) {
    List<ResourceGlob> globs = new ArrayList<>();
    if (each.glob.isEmpty()) {
      globs.add(new ResourceGlob("*", ALL, ALL));
    } else {
      ofObjects(each.glob.get().text()).ifPresent(globs::add);
      objects.forEach(
          (manifest, ref) -> {
            if (each.glob.get().matches(file(manifest))) {
              globs.add(ResourceGlob.only(ref));
            }
          });
    }
    return new Exemption(
        each.rules, globs, "--suppress " + each.written, "command line", Optional.empty());
  }

  private static Optional<ResourceGlob> ofObjects(String glob) {
    String[] parts = glob.split("/", -1);
    if (Stream.of(parts).anyMatch(String::isEmpty)) {
      return Optional.empty();
    }
    return switch (parts.length) {
      case 1 -> Optional.of(new ResourceGlob("*", ALL, new Glob(parts[0])));
      case 2 -> Optional.of(new ResourceGlob("*", new Glob(parts[0]), new Glob(parts[1])));
      case 3 ->
          kind(parts[0])
              .map(kind -> new ResourceGlob(kind, new Glob(parts[1]), new Glob(parts[2])));
      default -> Optional.empty();
    };
  }

  private static Optional<String> kind(String word) {
    return Stream.concat(Stream.of("*"), Stream.of(Kind.values()).map(Kind::objectKind))
        .filter(kind -> kind.equalsIgnoreCase(word))
        .findFirst();
  }

  private static String file(Manifest manifest) {
    String source = manifest.source().replace('\\', '/');
    return source.startsWith("./") ? source.substring(2) : source;
  }
}
