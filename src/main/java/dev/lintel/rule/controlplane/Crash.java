package dev.lintel.rule.controlplane;

import dev.lintel.mesh.AffectedReleases.Match;
import dev.lintel.mesh.Release;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A combination that istiod does not survive.
 *
 * @param entry the ServiceEntry
 * @param host its host
 * @param proxy whose configuration istiod is building when it panics
 * @param policy the rule that completes the combination; empty if none is needed
 * @param match the release of istiod
 * @param doubts what would have to be so and is not known; empty if all of it is
 */
record Crash(
    ServiceEntry entry,
    String host,
    EntryProxy proxy,
    Optional<AppliedPolicy> policy,
    Match match,
    List<String> doubts) {

  /** What a fix ends with: no release is known that survives such a pair. */
  static final String NO_FIX = "no fixed release yet";

  /** Copies the list, so that the record is immutable. */
  Crash {
    doubts = List.copyOf(doubts);
  }

  /** Returns the one of which most is known; the first of several. */
  static Optional<Crash> surest(Stream<Crash> crashes) {
    return crashes.min(Comparator.comparing(crash -> !crash.isCertain()));
  }

  /** Tells whether a rule completes the combination. */
  boolean isBy(DestinationRule rule) {
    return policy.filter(found -> found.rule().equals(rule)).isPresent();
  }

  /** Returns what is not known of who decides at some proxies, and of the proxies themselves. */
  static List<String> doubtsOf(EntryProxy proxy, List<AppliedPolicy> deciding) {
    List<String> doubts = new ArrayList<>();
    if (deciding.stream().anyMatch(found -> !found.isCertain())) {
      doubts.add("another rule for the host, or its selector, may decide at these proxies");
    }
    if (proxy.isSupposed()) {
      doubts.add("which proxies the mesh has is not known");
    }
    return doubts;
  }

  /** Tells whether every part is known, and the release is verified to panic. */
  boolean isCertain() {
    return doubts.isEmpty() && match.has().isYes();
  }

  /** Begins a finding about it; what is not certain warns. */
  Finding at(FieldPath field) {
    Finding found = Finding.at(field);
    for (String doubt : doubts) {
      found = found.fact("%s", doubt);
    }
    if (match.has().isUnknown()) {
      found = found.fact("istiod: %s", match.has().reason());
    }
    if (proxy.gateway().isPresent()) {
      found = found.with(proxy.gateway().get());
    }
    return isCertain() ? found : found.atMost(Action.WARN);
  }

  /** Says what will become of istiod, as the beginning of a sentence. */
  String outcome() {
    Release release = match.release();
    String istiod = release.name().isEmpty() ? "istiod" : "istiod " + release.name();
    return istiod + (isCertain() ? " panics on its next push" : " may panic on its next push");
  }

  /** Says what that means for the mesh, in full sentences. */
  static String aftermath(String first) {
    return "The push has no guard: the process ends, and ends again after each restart as soon as a"
        + " proxy connects. No proxy gets configuration, and new Pods get no certificate, until one"
        + " of the objects is gone. To change both at once, apply "
        + first
        + " first, or take a dated exemption.";
  }
}
