package dev.lintel.policy;

import dev.lintel.resource.ResourceRef;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Findings that are accepted for a while.
 *
 * @param rules the codes of the rules; empty for all
 * @param resources the objects
 * @param reason why
 * @param owner who answers for it
 * @param expires the last day on which it counts; empty for no end
 */
public record Exemption(
    Set<String> rules,
    List<ResourceGlob> resources,
    String reason,
    String owner,
    Optional<LocalDate> expires) {

  /** Copies the collections, so that the record is immutable. */
  public Exemption {
    rules = Set.copyOf(rules);
    resources = List.copyOf(resources);
  }

  /** Tells whether it counts on a day: the day it expires is the last one. */
  public boolean countsOn(LocalDate day) {
    return expires.map(last -> !day.isAfter(last)).orElse(true);
  }

  /** Tells whether it counts on a day, but not for another {@code days} days. */
  public boolean endsWithin(LocalDate day, int days) {
    return countsOn(day) && expires.filter(last -> last.isBefore(day.plusDays(days))).isPresent();
  }

  boolean covers(String code, ResourceRef object) {
    return (rules.isEmpty() || rules.contains(code))
        && resources.stream().anyMatch(glob -> glob.matches(object));
  }

  /** Returns what it is called in logs and audit annotations. */
  public String spoken() {
    return "%s (%s)".formatted(reason.strip(), owner.strip());
  }

  /** Returns what is said of it where it would count, had it not ended. */
  String ended() {
    return "its exemption ended on %s".formatted(expires.map(LocalDate::toString).orElse("no day"));
  }

  /**
   * Objects by kind, namespace and name.
   *
   * @param kind a kind, or {@code *}
   * @param namespace the namespace, with wildcards
   * @param name the name, with wildcards
   */
  public record ResourceGlob(String kind, Glob namespace, Glob name) {
    /** Returns what matches one object and no other. */
    public static ResourceGlob only(ResourceRef ref) {
      return new ResourceGlob(
          ref.kind().objectKind(), new Glob(ref.namespace()), new Glob(ref.name()));
    }

    boolean matches(ResourceRef ref) {
      return (kind.equals("*") || kind.equals(ref.kind().objectKind()))
          && namespace.matches(ref.namespace())
          && name.matches(ref.name());
    }

    @Override
    public String toString() {
      return kind + "/" + namespace + "/" + name;
    }
  }
}
