package dev.lintel.webhook;

import dev.lintel.cluster.Snapshot;
import dev.lintel.judge.Spared;
import dev.lintel.judge.Verdict;
import dev.lintel.report.AdmissionMessages;
import dev.lintel.report.Lines;
import dev.lintel.report.Veil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The log's line on an answer: what was decided about which object and for whom, by which rules,
 * under which policy. What is found without a word to the author is found again here. To people it
 * is a sentence; where logs are written as JSON, its facts are fields as well, below {@code mdc}.
 */
final class AdmissionLog {

  private static final Logger LOG = Logger.getLogger("dev.lintel.admission");

  private AdmissionLog() {}

  /** Logs an answer, unless there is nothing to say. */
  static void answered(AdmissionRequest request, Answer answer, Duration elapsed) {
    line(request, answer)
        .ifPresent(line -> with(fields(request, answer, elapsed), () -> LOG.info(line)));
    if (LOG.isDebugEnabled()) {
      spared(request, answer)
          .ifPresent(line -> with(fields(request, answer, elapsed), () -> LOG.debug(line)));
    }
  }

  /** Returns the facts about an answer, each by its name. */
  static Map<String, String> fields(AdmissionRequest request, Answer answer, Duration elapsed) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("decision", answer.decision().label());
    fields.put("operation", request.operation().toString());
    fields.put("kind", Lines.brief(request.kind()));
    fields.put("namespace", Lines.brief(request.namespace()));
    fields.put("name", Lines.brief(request.name()));
    fields.put("user", Lines.brief(request.user()));
    fields.put("uid", Lines.brief(request.uid()));
    fields.put("millis", Long.toString(elapsed.toMillis()));
    answer.verdict().ifPresent(verdict -> fields.put("findings", AdmissionMessages.audit(verdict)));
    answer.verdict().flatMap(Verdict::spared).ifPresent(why -> fields.put("spared", why.word()));
    answer
        .judgedBy()
        .ifPresent(judged -> fields.put("policyGeneration", judged.policyGeneration()));
    fields.values().removeIf(String::isEmpty);
    return fields;
  }

  private static void with(Map<String, String> fields, Runnable logging) {
    fields.forEach(MDC::put);
    try {
      logging.run();
    } finally {
      fields.keySet().forEach(MDC::remove);
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
