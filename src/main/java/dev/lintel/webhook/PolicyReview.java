package dev.lintel.webhook;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.LintelConfig;
import dev.lintel.cluster.PolicyDocument;
import dev.lintel.cluster.Snapshot;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Judged;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyDiff;
import dev.lintel.policy.PolicyNotices;
import dev.lintel.policy.PolicyReader;
import dev.lintel.report.Lines;
import dev.lintel.resource.JsonSlice;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Action;
import dev.lintel.topology.Topology;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides whether a policy may be written, and says what it would change: what becomes weaker, and
 * what would be denied from then on.
 */
@Singleton
class PolicyReview {

  private static final int MAX_LINE = 500;
  private static final int MAX_LOOSENED = 8;
  private static final int MAX_NOTICES = 8;
  private static final int MAX_NAMED = 3;

  private final ClusterState cluster;
  private final Judge judge;
  private final String name;
  private final String key;
  private final Clock clock;

  PolicyReview(ClusterState cluster, Judge judge, LintelConfig config, Clock clock) {
    this.cluster = cluster;
    this.judge = judge;
    this.name = config.policy().name();
    this.key = config.policy().key();
    this.clock = clock;
  }

  /**
   * What is answered.
   *
   * @param problems why the document is refused; empty if it may be written
   * @param warnings what its author should know
   */
  record Outcome(List<String> problems, List<String> warnings) {}

  /**
   * Reviews a ConfigMap.
   *
   * @param isOverdue asked while looking for what would be denied; once true, that stops
   */
  Outcome review(AdmissionRequest request, BooleanSupplier isOverdue)
      throws MalformedObjectException {
    if (!request.operation().isWrite() || !request.name().equals(name)) {
      return new Outcome(List.of(), List.of());
    }
    Optional<String> text = document(request.object().orElseThrow());
    if (text.isEmpty()) {
      return new Outcome(List.of("data." + key + ": is missing"), List.of());
    }
    LocalDate today = LocalDate.now(clock);
    PolicyReader.Reading reading = PolicyReader.readNew(key, text.get(), today);
    return reading
        .policy()
        .map(policy -> new Outcome(List.of(), warnings(policy, today, isOverdue)))
        .orElseGet(() -> new Outcome(reading.problems(), List.of()));
  }

  private List<String> warnings(Policy policy, LocalDate today, BooleanSupplier isOverdue) {
    Snapshot now = cluster.current();
    PolicyDiff diff = new PolicyDiff(now.policy(), policy);
    List<String> warnings = new ArrayList<>();
    List<String> loosened = diff.loosened();
    loosened.stream()
        .limit(MAX_LOOSENED)
        .forEach(change -> warnings.add(line("this policy is weaker: " + change)));
    if (loosened.size() > MAX_LOOSENED) {
      warnings.add(
          "this policy is weaker in %d more points".formatted(loosened.size() - MAX_LOOSENED));
    }
    List<String> restated = diff.restated();
    if (!restated.isEmpty()) {
      warnings.add(
          line(
              "this policy states the installation differently, and findings may go away: "
                  + String.join(", ", restated)));
    }
    List<String> reworded = diff.reworded();
    if (!reworded.isEmpty()) {
      warnings.add(line("answers read differently: " + String.join(", ", reworded)));
    }
    List<String> notices = PolicyNotices.of(policy, today);
    notices.stream().limit(MAX_NOTICES).forEach(notice -> warnings.add(line(notice)));
    if (notices.size() > MAX_NOTICES) {
      warnings.add("%d more exemptions end soon".formatted(notices.size() - MAX_NOTICES));
    }
    if (diff.tightens() && now.isComplete()) {
      preview(now, policy, isOverdue).ifPresent(warnings::add);
    }
    return warnings;
  }

  /** Counts the objects that the new policy would deny if they were written anew. */
  private Optional<String> preview(Snapshot now, Policy policy, BooleanSupplier isOverdue) {
    Topology topology = now.topology().withPlatform(policy.platform());
    List<String> named = new ArrayList<>();
    int denied = 0;
    boolean isCut = false;
    Iterator<Resource> objects = judged(topology);
    while (objects.hasNext() && !isCut) {
      Resource object = objects.next();
      Optional<Judged> denial = newDenial(now, topology, object, policy);
      if (denial.isPresent()) {
        denied++;
        if (named.size() < MAX_NAMED) {
          named.add("%s (%s)".formatted(object.ref().spoken(), denial.get().rule().code()));
        }
      }
      isCut = isOverdue.getAsBoolean();
    }
    return denied == 0 ? Optional.empty() : Optional.of(line(sentence(denied, named, isCut)));
  }

  private Iterator<Resource> judged(Topology topology) {
    return topology.resources().filter(object -> judge.kinds().contains(object.kind())).iterator();
  }

  private Optional<Judged> newDenial(
      Snapshot now, Topology topology, Resource object, Policy policy) {
    Optional<Judged> denial =
        judge.review(topology, object, policy).stream()
            .filter(judged -> judged.action() == Action.DENY)
            .findFirst();
    return denial.filter(
        found ->
            judge.review(now.topology(), object, now.policy()).stream()
                .noneMatch(judged -> judged.action() == Action.DENY));
  }

  private static String sentence(int denied, List<String> named, boolean isCut) {
    return "this policy is stricter: %s%d existing %s be denied if written anew, among them %s; as they are, they stay editable with a warning"
        .formatted(
            isCut ? "at least " : "",
            denied,
            denied == 1 ? "object would" : "objects would",
            String.join(", ", named));
  }

  private Optional<String> document(JsonSlice configMap) throws MalformedObjectException {
    try (JsonParser parser = configMap.parser()) {
      return PolicyDocument.read(parser, key);
    } catch (IOException e) {
      throw new MalformedObjectException("the object cannot be read: " + e.getMessage(), e);
    }
  }

  private static String line(String text) {
    return Lines.shortened(text, MAX_LINE);
  }
}
