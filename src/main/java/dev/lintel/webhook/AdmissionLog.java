package dev.lintel.webhook;

import dev.lintel.cluster.Snapshot;
import dev.lintel.judge.Spared;
import dev.lintel.judge.Verdict;
import dev.lintel.report.AdmissionMessages;
import dev.lintel.report.Lines;
import dev.lintel.report.Veil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The log's line on an answer: what was decided about which object and for whom, by which rules,
 * under which policy. What is found without a word to the author is found again here.
 */
final class AdmissionLog {

  private static final Logger LOG = Logger.getLogger("dev.lintel.admission");

  private AdmissionLog() {}

  /** Logs an answer, unless there is nothing to say. */
  static void answered(AdmissionRequest request, Answer answer) {
    line(request, answer).ifPresent(LOG::info);
    if (LOG.isDebugEnabled()) {
      spared(request, answer).ifPresent(LOG::debug);
    }
  }

  /** Returns the line on a write that was not judged; empty if it was, or nobody decided that. */
  static Optional<String> spared(AdmissionRequest request, Answer answer) {
    return answer
        .verdict()
        .flatMap(Verdict::spared)
        .filter(Spared::isByAuthor)
        .map(spared -> line(request, answer, "not judged, " + spared.word()));
  }

  /** Returns the line; empty if nothing was found and nothing hindered. */
  static Optional<String> line(AdmissionRequest request, Answer answer) {
    List<String> parts = new ArrayList<>();
    answer.notice().ifPresent(parts::add);
    answer.verdict().ifPresent(verdict -> parts.addAll(verdict(verdict, answer.veil())));
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    answer
        .judgedBy()
        .map(Snapshot::policyGeneration)
        .map("policy generation "::concat)
        .ifPresent(parts::add);
    parts.add("request " + request.uid());
    return Optional.of(line(request, answer, String.join("; ", parts)));
  }

  private static String line(AdmissionRequest request, Answer answer, String what) {
    return "%s: %s of %s %s by %s: %s"
        .formatted(
            answer.decision().label(),
            request.operation(),
            Lines.brief(request.kind()),
            Lines.brief(request.namespace() + "/" + request.name()),
            Lines.brief(request.user()),
            Lines.oneLine(what));
  }

  private static List<String> verdict(Verdict verdict, Veil veil) {
    List<String> parts = new ArrayList<>();
    if (!verdict.findings().isEmpty()) {
      parts.add(AdmissionMessages.audit(verdict));
    }
    String exemptions = AdmissionMessages.exemptions(verdict);
    if (!exemptions.isEmpty()) {
      parts.add("exempt " + exemptions);
    }
    String details = AdmissionMessages.details(verdict, veil);
    if (!details.isEmpty()) {
      parts.add("in full: " + details);
    }
    verdict.unfinished().map("not everything was judged: "::concat).ifPresent(parts::add);
    return parts;
  }
}
